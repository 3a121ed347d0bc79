/* Runs a program to its end and tells what it cost. usage: measure SECONDS PROGRAM [ARGUMENT...]
 * What the program prints is thrown away; to standard output goes one line:
 *   status S wall SECONDS cpu SECONDS rss KIB
 * cpu is user and system time of the process and of those it waited for; rss is the largest resident size.
 * A program of its own, because the kernel counts the memory of the parent of a fork as the child's until it executes,
 * and a JVM as parent would hide all that is smaller. After SECONDS the program is killed; its status is then 137. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile pid_t child;

static void kill_child(int signal_number) {
  (void)signal_number;
  kill(child, SIGKILL);
}

static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  child = fork();
  if (child < 0) return 2;
  if (child == 0) {
    int null = open("/dev/null", O_RDWR);
    dup2(null, 0);
    dup2(null, 1);
    dup2(null, 2);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  signal(SIGALRM, kill_child);
  signal(SIGTERM, kill_child);
  alarm(atoi(argv[1]));
  int status;
  struct rusage used;
  if (wait4(child, &status, 0, &used) < 0) return 2;
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("status %d wall %.6f cpu %.6f rss %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
         (end.tv_sec - begin.tv_sec) + (end.tv_nsec - begin.tv_nsec) / 1e9,
         seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
  return 0;
}
