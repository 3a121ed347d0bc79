/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The table as the kernel holds it. The Java side (package io.sluice.dataplane.ebpf, class Layout) writes the same
 * structures; LAYOUT changes with any of them.
 *
 * Everything that a policy change touches is held twice, in slot 0 and slot 1. `config.generation` says which slot
 * counts; a packet reads it once. A change fills the other slot and then flips the generation: every packet is judged
 * by one whole table. Rows and blocks need no slots: they are immutable and found through a policy set's number.
 */
#ifndef SLUICE_TABLE_H
#define SLUICE_TABLE_H

#include "kernel.h"

#define LAYOUT 1

/* Identities with a fixed number. */
#define WORLD 0u
#define SELF 0xffffffffu
#define OTHERWISE 0xfffffffeu /* the row for every identity without one */

#define INGRESS 0u
#define EGRESS 1u

struct ip16 {
	__u32 word[4]; /* network order, IPv4 as ::ffff:a.b.c.d */
};

#define PRESENT 1u

/*
 * The lock makes user space write in place (BPF_F_LOCK): a replaced element could be reused for another address
 * while a packet still reads it. The program needs no lock, since it never reads the slot that is being written.
 */
struct address {
	struct bpf_spin_lock lock;
	__u32 identity[2];
	__u32 policy_set[2];
	__u32 flags[2];
};

struct prefix {
	__u32 length; /* over 128 bits */
	struct ip16 base;
};

#define POD_RANGE 2u

struct network {
	__u32 identity[2];
	__u32 flags[2];
};

struct row {
	__u32 policy_set;
	__u32 direction;
	__u32 identity;
};

struct block {
	__u32 offset;
	__u32 count;
};

#define DENY 0x80000000u

/* Holds from `first` (protocol << 16 | port) up to the next range of the block. */
struct range {
	__u32 first;
	__u32 cause; /* number of the cause; DENY set if it refuses */
};

#define ENFORCE 1u
#define REJUDGE 2u
#define DROP_UNKNOWN 4u

struct mode {
	__u32 flags;
	__u32 own_node;
};

struct config {
	__u32 layout;
	__u32 generation;
	struct mode mode[2];
};

struct hits {
	__u64 packets;
	__u64 bytes;
};

/* Of one processor: what keeps events from costing more than verdicts. */
struct pace {
	__u64 second;	/* start of the current second of refused packets */
	__u64 refused;	/* reported in it */
	__u64 woken;	/* when the reader was last woken */
	__u64 lost;	/* events that found no room, since ever */
	__u64 untracked; /* forwarded packets that conntrack did not see, or found invalid, since ever */
};

struct event {
	__u64 time;	 /* CLOCK_MONOTONIC, ns */
	struct ip16 source;
	struct ip16 destination;
	__u32 egress;	 /* cause with its DENY bit, 0 if not judged */
	__u32 ingress;
	__u16 source_port;	/* host order */
	__u16 destination_port;
	__u8 protocol;
	__u8 outcome;
	__u8 reason;
	__u8 pad;
	__u32 pad2;
};

#define FORWARDED 0
#define DROPPED 1
#define AUDITED 2

#define BY_POLICY 0
#define UNKNOWN_POD 1
#define UNREADABLE 2
#define FRAGMENT 3
#define NO_ROW 4

/* The sizes of all maps are set by user space before they are made. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1);
	__type(key, struct ip16);
	__type(value, struct address);
} addresses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1);
	__type(key, struct prefix);
	__type(value, struct network);
} networks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1);
	__type(key, struct row);
	__type(value, struct block);
} rows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct range);
} blocks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct config);
} config SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct hits);
} hits SEC(".maps");

/* What each cause number means, as a digest: the next process of the node recognises causes by it. Not read here. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct ip16);
} causes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct pace);
} paces SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

/* Fixed when the program is loaded. */
#define AS_TRACKED 0xffffffffu

struct settings {
	__u32 connection; /* AS_TRACKED, or the ctinfo that a test wants assumed */
	__u32 refused_per_second; /* events of refused packets, on each processor */
};

#endif
