/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The few kernel types the program reads. Only the fields named here exist for the compiler; libbpf finds their real
 * offsets in the BTF of the running kernel (CO-RE), so no vmlinux.h is needed.
 */
#ifndef SLUICE_KERNEL_H
#define SLUICE_KERNEL_H

#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_helpers.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>

#define RELOCATED __attribute__((preserve_access_index))

struct net_device {
	unsigned int flags;
} RELOCATED;

struct nf_hook_state {
	__u8 pf;
	struct net_device *in;
} RELOCATED;

struct sk_buff {
	unsigned int len;
	unsigned long _nfct; /* nf_conn pointer, ctinfo in the low three bits */
} RELOCATED;

struct nf_conn {
	unsigned long status;
} RELOCATED;

/* The context of a netfilter program: fixed by the program type, not relocated. */
struct bpf_nf_ctx {
	const struct nf_hook_state *state;
	struct sk_buff *skb;
};

extern int bpf_dynptr_from_skb(struct __sk_buff *skb, __u64 flags, struct bpf_dynptr *ptr) __ksym;
extern void *bpf_dynptr_slice(const struct bpf_dynptr *ptr, __u32 offset, void *buffer, __u32 size) __ksym;

/* include/uapi/linux/netfilter.h */
#define NF_DROP 0
#define NF_ACCEPT 1
#define FAMILY_IPV4 2
#define FAMILY_IPV6 10

/* include/uapi/linux/netfilter/nf_conntrack_common.h */
#define CT_MASK 7UL
#define CT_ESTABLISHED 0
#define CT_RELATED 1
#define CT_NEW 2
#define CT_ESTABLISHED_REPLY 3
#define CT_RELATED_REPLY 4
#define CT_UNTRACKED 7
#define CT_STATUS_CONFIRMED (1UL << 3)

/* include/uapi/linux/if.h */
#define INTERFACE_LOOPBACK 8

#endif
