/*
 * The load of the network benchmarks: a server and a client of TCP, each inside a network namespace that it enters by
 * itself.
 *
 *   load NETNS CPU serve ECHO_PORT SINK_PORT      until standard input ends
 *   load NETNS CPU rr   ADDRESS PORT SERVER MILLIS       one connection: a byte there, a byte back
 *   load NETNS CPU crr  ADDRESS PORT SERVER MILLIS       connect, a byte there, a byte back, orderly close
 *   load NETNS CPU bulk ADDRESS PORT SERVER MILLIS       as many bytes as go through, counted by the receiver
 *
 * NETNS is the path of a namespace handle, CPU the number of the processor to stay on, or -1, SERVER the process number
 * of the server. A client prints one line:
 *
 *   count N seconds S cpu C failures F p50 US p99 US
 *
 * where N is exchanges (bytes for bulk), C the processor time that client and server used meanwhile, in seconds, and the
 * times are of one exchange, in microseconds (0 for bulk). Forwarding between the two happens in the sender's time, so C
 * holds what stands between them too, and does not hold what other processes took from the processor.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define BULK_BUFFER (128 * 1024)
#define PATIENCE_SECONDS 2

/* Of a bulk connection, fixed: what autotuning finds in a short turn differs from turn to turn by a tenth. */
#define SOCKET_BUFFER (1024 * 1024)

static void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(2);
}

static int64_t read_clock(clockid_t clock) {
    struct timespec t;
    if (clock_gettime(clock, &t)) {
        fail("clock_gettime");
    }
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int64_t nanos(void) {
    return read_clock(CLOCK_MONOTONIC);
}

/* The clock of the server's processor time. */
static clockid_t server_clock;

static int64_t processor_time(void) {
    return read_clock(CLOCK_PROCESS_CPUTIME_ID) + read_clock(server_clock);
}

/* ---- times of exchanges: a histogram whose buckets are never wider than 1/64 of their value ---- */

#define SUB_BITS 6
#define BUCKETS ((64 - SUB_BITS + 1) << SUB_BITS)
static uint64_t histogram[BUCKETS];
static uint64_t recorded;
static int64_t longest;

static int bucket_of(uint64_t v) {
    if (v < (1 << SUB_BITS)) {
        return (int) v;
    }
    int shift = 63 - __builtin_clzll(v) - SUB_BITS;
    return ((shift + 1) << SUB_BITS) + (int) ((v >> shift) - (1 << SUB_BITS));
}

static double middle_of(int bucket) {
    int row = bucket >> SUB_BITS;
    int column = bucket & ((1 << SUB_BITS) - 1);
    if (row == 0) {
        return column;
    }
    return (double) (((uint64_t) ((1 << SUB_BITS) + column)) << (row - 1)) + 0.5 * (double) (1ULL << (row - 1));
}

static void record(int64_t elapsed) {
    histogram[bucket_of((uint64_t) elapsed)]++;
    recorded++;
    if (elapsed > longest) {
        longest = elapsed;
    }
}

static double percentile_us(double share) {
    uint64_t wanted = (uint64_t) (share * (double) recorded);
    uint64_t seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        seen += histogram[i];
        if (seen > wanted) {
            return middle_of(i) / 1000;
        }
    }
    return (double) longest / 1000;
}

static int print_result(uint64_t count, int64_t elapsed, int64_t used, long failures) {
    printf("count %llu seconds %.6f cpu %.6f failures %ld p50 %.2f p99 %.2f\n", (unsigned long long) count,
           (double) elapsed / 1e9, (double) used / 1e9, failures, percentile_us(0.50), percentile_us(0.99));
    return 0;
}

/* ---- sockets ---- */

/* Fills a socket address of either family; no address is the any-address of IPv6, which takes IPv4 too. */
static socklen_t address_of(const char *text, int port, struct sockaddr_storage *out) {
    struct sockaddr_in *v4 = (struct sockaddr_in *) out;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) out;
    memset(out, 0, sizeof *out);
    if (text != NULL && inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t) port);
        return sizeof *v4;
    }
    if (inet_pton(AF_INET6, text == NULL ? "::" : text, &v6->sin6_addr) != 1) {
        fprintf(stderr, "load: not an address: %s\n", text);
        exit(2);
    }
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons((uint16_t) port);
    return sizeof *v6;
}

static void set_no_delay(int fd) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static int listen_on(int port, int buffer) {
    struct sockaddr_storage any;
    socklen_t length = address_of(NULL, port, &any);
    int on = 1;
    int off = 0;
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    if (fd < 0) {
        fail("socket");
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (buffer > 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
    }
    if (bind(fd, (struct sockaddr *) &any, length) || listen(fd, 1024)) {
        fail("bind");
    }
    return fd;
}

/* A connected socket, or -1. */
static int connect_to(const struct sockaddr_storage *to, socklen_t length, int buffer) {
    struct timeval patience = {PATIENCE_SECONDS, 0};
    int fd = socket(to->ss_family, SOCK_STREAM, 0);
    if (fd < 0) {
        fail("socket");
    }
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (buffer > 0) {
        setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
    }
    if (connect(fd, (const struct sockaddr *) to, length)) {
        close(fd);
        return -1;
    }
    set_no_delay(fd);
    return fd;
}

/* ---- server ---- */

/* One thread answers every connection, so that a short connection costs no thread of its own. */
static void *echo(void *listener) {
    int server = (int) (intptr_t) listener;
    int poll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = server};
    struct epoll_event ready[64];
    char bytes[4096];
    epoll_ctl(poll, EPOLL_CTL_ADD, server, &event);
    for (;;) {
        int n = epoll_wait(poll, ready, 64, -1);
        for (int i = 0; i < n; i++) {
            int fd = ready[i].data.fd;
            if (fd == server) {
                fd = accept(server, NULL, NULL);
                if (fd < 0) {
                    continue;
                }
                set_no_delay(fd);
                event = (struct epoll_event) {.events = EPOLLIN, .data.fd = fd};
                epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
                continue;
            }
            ssize_t got = read(fd, bytes, sizeof bytes);
            if (got <= 0 || write(fd, bytes, (size_t) got) != got) {
                close(fd);
            }
        }
    }
    return NULL;
}

/* Reads to the end of each connection and answers with the number of bytes that came. */
static void *sink(void *listener) {
    int server = (int) (intptr_t) listener;
    static char bytes[BULK_BUFFER];
    for (;;) {
        int fd = accept(server, NULL, NULL);
        if (fd < 0) {
            continue;
        }
        uint64_t total = 0;
        ssize_t got;
        while ((got = read(fd, bytes, sizeof bytes)) > 0) {
            total += (uint64_t) got;
        }
        if (write(fd, &total, sizeof total) != sizeof total) {
            fprintf(stderr, "load: the sender did not wait for the count\n");
        }
        close(fd);
    }
    return NULL;
}

static int serve(int echo_port, int sink_port) {
    pthread_t thread;
    char byte;
    pthread_create(&thread, NULL, echo, (void *) (intptr_t) listen_on(echo_port, 0));
    pthread_create(&thread, NULL, sink, (void *) (intptr_t) listen_on(sink_port, SOCKET_BUFFER));
    puts("ready");
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    return 0;
}

/* ---- clients ---- */

static int exchange(int fd) {
    char byte = 1;
    return write(fd, &byte, 1) == 1 && read(fd, &byte, 1) == 1;
}

static int request_response(const struct sockaddr_storage *to, socklen_t length, int64_t duration) {
    int fd = connect_to(to, length, 0);
    long failures = fd < 0;
    int64_t used = processor_time();
    int64_t start = nanos();
    int64_t before = start;
    while (fd >= 0 && before - start < duration) {
        if (!exchange(fd)) {
            failures++;
            break;
        }
        int64_t after = nanos();
        record(after - before);
        before = after;
    }
    return print_result(recorded, before - start, processor_time() - used, failures);
}

static int connect_request_close(const struct sockaddr_storage *to, socklen_t length, int64_t duration) {
    long failures = 0;
    int64_t used = processor_time();
    int64_t start = nanos();
    int64_t before = start;
    while (before - start < duration) {
        int fd = connect_to(to, length, 0);
        int good = fd >= 0 && exchange(fd);
        if (fd >= 0) {
            close(fd);
        }
        int64_t after = nanos();
        if (good) {
            record(after - before);
        } else {
            failures++;
        }
        before = after;
    }
    return print_result(recorded, before - start, processor_time() - used, failures);
}

static int bulk(const struct sockaddr_storage *to, socklen_t length, int64_t duration) {
    static char bytes[BULK_BUFFER];
    uint64_t arrived = 0;
    int fd = connect_to(to, length, SOCKET_BUFFER);
    int64_t used = processor_time();
    int64_t start = nanos();
    while (fd >= 0 && nanos() - start < duration) {
        if (write(fd, bytes, sizeof bytes) < 0) {
            break;
        }
    }
    int good = fd >= 0 && shutdown(fd, SHUT_WR) == 0 && read(fd, &arrived, sizeof arrived) == sizeof arrived;
    return print_result(arrived, nanos() - start, processor_time() - used, !good);
}

int main(int count, char **argument) {
    if (count != 6 && count != 8) {
        fprintf(stderr, "usage: load NETNS CPU serve ECHO_PORT SINK_PORT\n"
                        "       load NETNS CPU rr|crr|bulk ADDRESS PORT SERVER MILLIS\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    int namespace = open(argument[1], O_RDONLY | O_CLOEXEC);
    if (namespace < 0 || setns(namespace, CLONE_NEWNET)) {
        fail(argument[1]);
    }
    int cpu = atoi(argument[2]);
    if (cpu >= 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(cpu, &set);
        if (sched_setaffinity(0, sizeof set, &set)) {
            fail("sched_setaffinity");
        }
    }
    if (strcmp(argument[3], "serve") == 0 && count == 6) {
        return serve(atoi(argument[4]), atoi(argument[5]));
    }
    if (count != 8) {
        fprintf(stderr, "load: %s takes an address, a port, the server and a time\n", argument[3]);
        return 2;
    }
    struct sockaddr_storage to;
    socklen_t length = address_of(argument[4], atoi(argument[5]), &to);
    int64_t duration = atoll(argument[7]) * 1000000;
    if (clock_getcpuclockid(atoi(argument[6]), &server_clock)) {
        fail("clock of the server");
    }
    if (strcmp(argument[3], "rr") == 0) {
        return request_response(&to, length, duration);
    }
    if (strcmp(argument[3], "crr") == 0) {
        return connect_request_close(&to, length, duration);
    }
    if (strcmp(argument[3], "bulk") == 0) {
        return bulk(&to, length, duration);
    }
    fprintf(stderr, "load: unknown work: %s\n", argument[3]);
    return 2;
}
