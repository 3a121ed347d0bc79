/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What user space is told. Telling must never cost more than judging: refused packets are reported up to a rate. */
#ifndef SLUICE_REPORT_H
#define SLUICE_REPORT_H

#include "packet.h"

#define SECOND 1000000000ull
#define WAKE_INTERVAL 1000000ull /* ns; the reader looks again after twice this (EventReader) */

static __always_inline void count(__u32 cause, __u32 bytes)
{
	__u32 key = cause & ~DENY;
	struct hits *h = bpf_map_lookup_elem(&hits, &key);

	if (h) {
		h->packets++;
		h->bytes += bytes;
	}
}

/* User space looks whether conntrack is still on when this grows. */
static __always_inline void count_untracked(void)
{
	__u32 zero = 0;
	struct pace *pace = bpf_map_lookup_elem(&paces, &zero);

	if (pace)
		pace->untracked++;
}

static __always_inline void report(const struct packet *p, __u8 outcome, __u8 reason, __u32 egress, __u32 ingress,
				   __u32 refused_per_second)
{
	__u32 zero = 0;
	struct pace *pace = bpf_map_lookup_elem(&paces, &zero);
	__u64 now = bpf_ktime_get_ns();
	__u64 wake = BPF_RB_NO_WAKEUP;
	struct event *e;

	if (!pace)
		return;
	if (outcome != FORWARDED) {
		if (now - pace->second >= SECOND) {
			pace->second = now;
			pace->refused = 0;
		}
		if (pace->refused >= refused_per_second) {
			pace->lost++;
			return;
		}
		pace->refused++;
	}
	e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
	if (!e) {
		pace->lost++;
		return;
	}
	e->time = now;
	e->source = p->source;
	e->destination = p->destination;
	e->egress = egress;
	e->ingress = ingress;
	e->source_port = p->source_port;
	e->destination_port = p->destination_port;
	e->protocol = p->protocol;
	e->outcome = outcome;
	e->reason = reason;
	e->pad = 0;
	e->pad2 = 0;
	/* A wake-up costs more than a verdict: one a millisecond, and only when the reader had caught up. */
	if (now - pace->woken >= WAKE_INTERVAL) {
		pace->woken = now;
		wake = 0;
	}
	bpf_ringbuf_submit(e, wake);
}

#endif
