// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * The verdict of a packet, at the netfilter hooks FORWARD (between pods and to and from the world) and LOCAL_IN (from
 * pods to the node itself), for IPv4 and IPv6. Addresses are those after DNAT and before SNAT.
 *
 *   connection (kernel conntrack) -> reply, related: accept
 *   source has a policy set here      -> its egress row for the destination's identity
 *   destination has a policy set here -> its ingress row for the source's identity
 */
#include "report.h"

const volatile struct settings settings = { .connection = AS_TRACKED, .refused_per_second = 1000 };

/* One party of the packet, in the generation that the packet is judged by. */
struct party {
	__u32 identity;
	__u32 policy_set;
	__u32 unknown_pod;
};

static __always_inline struct party find(const struct ip16 *ip, __u32 generation)
{
	struct party party = { .identity = WORLD };
	struct address *known = bpf_map_lookup_elem(&addresses, ip);
	struct prefix exact = { .length = 128, .base = *ip };
	struct network *network;

	if (known && known->flags[generation] & PRESENT) {
		party.identity = known->identity[generation];
		party.policy_set = known->policy_set[generation];
		return party;
	}
	network = bpf_map_lookup_elem(&networks, &exact);
	if (network) {
		party.identity = network->identity[generation];
		party.unknown_pod = network->flags[generation] & POD_RANGE;
	}
	return party;
}

/*
 * The cause, with its DENY bit, that the row of this set, direction and peer gives for this traffic. DENY alone if the
 * table is incomplete, which user space never lets happen. A global function: the verifier checks it once, by itself.
 */
__attribute__((noinline)) __u32 cause_of(__u32 policy_set, __u32 direction, __u32 identity, __u32 traffic)
{
	struct row row = { policy_set, direction, identity };
	struct block *block = bpf_map_lookup_elem(&rows, &row);
	struct range *range;
	__u32 low, high, cause = DENY;
	int i;

	if (!block) {
		row.identity = OTHERWISE;
		block = bpf_map_lookup_elem(&rows, &row);
		if (!block)
			return DENY;
	}
	/* The last range that does not start above the traffic; 2^24 keys make at most 2^24 ranges. */
	low = block->offset;
	high = block->offset + block->count;
	for (i = 0; i < 25 && low < high; i++) {
		__u32 middle = low + (high - low) / 2;

		range = bpf_map_lookup_elem(&blocks, &middle);
		if (!range)
			return DENY;
		if (range->first <= traffic) {
			cause = range->cause;
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return cause;
}

/* Whether this is the packet that opens the connection; without conntrack every packet is. */
static __always_inline int is_first(unsigned long nfct, __u32 connection)
{
	struct nf_conn *conn = (struct nf_conn *)(nfct & ~CT_MASK);
	unsigned long status = 0;

	if (settings.connection != AS_TRACKED)
		return connection == CT_NEW;
	if (!conn)
		return connection != CT_UNTRACKED;
	if (connection != CT_NEW)
		return 0;
	bpf_core_read(&status, sizeof(status), &conn->status);
	return !(status & CT_STATUS_CONFIRMED);
}

static __always_inline int judge(struct bpf_nf_ctx *ctx, int local)
{
	__u32 zero = 0, egress = 0, ingress = 0, reason = BY_POLICY;
	struct config *config_now = bpf_map_lookup_elem(&config, &zero);
	struct sk_buff *skb = ctx->skb;
	unsigned long nfct = skb->_nfct;
	__u32 connection = nfct & CT_MASK;
	__u32 length = skb->len;
	struct party source, destination = {};
	__u32 generation, flags, own_node, traffic;
	int judged_before;
	struct packet p;

	if (!config_now)
		return NF_DROP;
	generation = *(volatile __u32 *)&config_now->generation & 1;
	flags = config_now->mode[generation].flags;
	own_node = config_now->mode[generation].own_node;
	judged_before = nfct & ~CT_MASK ? 1 : 0;
	if (settings.connection != AS_TRACKED) {
		connection = settings.connection;
		judged_before = 1;
	}
	if (!local && !judged_before && connection != CT_UNTRACKED)
		count_untracked();
	/* The node speaking to itself. */
	if (local && ctx->state->in && ctx->state->in->flags & INTERFACE_LOOPBACK)
		return NF_ACCEPT;

	read_packet(skb, ctx->state->pf, &p);
	if (judged_before) {
		if (connection == CT_RELATED)
			return NF_ACCEPT;
		/*
		 * Replies pass. A SYN is none, whatever conntrack says: it takes the two ends of a flow that is not
		 * closed yet as one connection, so the peer could open one towards us without being asked.
		 */
		if ((connection == CT_ESTABLISHED_REPLY || connection == CT_RELATED_REPLY) && !p.opens)
			return NF_ACCEPT;
		if (connection == CT_ESTABLISHED && !(flags & REJUDGE))
			return NF_ACCEPT;
	}
	if (local && is_neighbour_discovery(&p))
		return NF_ACCEPT;
	if (!p.addressed) {
		reason = UNREADABLE;
		goto refuse;
	}

	source = find(&p.source, generation);
	if (local) {
		struct address *node = bpf_map_lookup_elem(&addresses, &p.destination);

		destination.identity = node && node->flags[generation] & PRESENT ? node->identity[generation] : own_node;
	} else {
		destination = find(&p.destination, generation);
	}
	if (flags & DROP_UNKNOWN && (source.unknown_pod || destination.unknown_pod)) {
		reason = UNKNOWN_POD;
		goto refuse;
	}
	if (p.problem && (source.policy_set || destination.policy_set)) {
		reason = p.problem;
		goto refuse;
	}
	if (p.source.word[0] == p.destination.word[0] && p.source.word[1] == p.destination.word[1] &&
	    p.source.word[2] == p.destination.word[2] && p.source.word[3] == p.destination.word[3]) {
		source.identity = SELF;
		destination.identity = SELF;
	}
	traffic = p.protocol << 16 | p.destination_port;
	if (source.policy_set) {
		egress = cause_of(source.policy_set, EGRESS, destination.identity, traffic);
		count(egress, length);
		if (egress & DENY) {
			reason = egress == DENY ? NO_ROW : BY_POLICY;
			goto refuse;
		}
	}
	if (destination.policy_set) {
		ingress = cause_of(destination.policy_set, INGRESS, source.identity, traffic);
		count(ingress, length);
		if (ingress & DENY) {
			reason = ingress == DENY ? NO_ROW : BY_POLICY;
			goto refuse;
		}
	}
	if ((!local || source.policy_set) && is_first(nfct, connection))
		report(&p, FORWARDED, BY_POLICY, egress, ingress, 0);
	return NF_ACCEPT;

refuse:
	report(&p, flags & ENFORCE ? DROPPED : AUDITED, reason, egress, ingress, settings.refused_per_second);
	return flags & ENFORCE ? NF_DROP : NF_ACCEPT;
}

SEC("netfilter")
int forward(struct bpf_nf_ctx *ctx)
{
	return judge(ctx, 0);
}

SEC("netfilter")
int local_in(struct bpf_nf_ctx *ctx)
{
	return judge(ctx, 1);
}

/* The kernel knows no name for this file's pair of licences; kfuncs are for programs under the GPL, one of the two. */
char _license[] SEC("license") = "GPL";
