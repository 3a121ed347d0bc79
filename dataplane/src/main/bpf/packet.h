/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* From bytes to addresses and traffic key. Header options and extension headers are honoured, never guessed. */
#ifndef SLUICE_PACKET_H
#define SLUICE_PACKET_H

#include "table.h"

#define ICMP 1
#define TCP 6
#define UDP 17
#define ICMPV6 58
#define SCTP 132

/* IPv6 extension headers (RFC 8200 section 4, RFC 4302, RFC 6275, RFC 7401, RFC 5533) */
#define HOP_BY_HOP 0
#define ROUTING 43
#define FRAGMENT_HEADER 44
#define AUTHENTICATION 51
#define DESTINATION_OPTIONS 60
#define MOBILITY 135
#define HOST_IDENTITY 139
#define SHIM6 140
#define MAX_EXTENSION_HEADERS 8

#define TCP_SYN 0x02
#define TCP_ACK 0x10

struct ipv4_header {
	__u8 version_and_length;
	__u8 service;
	__be16 total_length;
	__be16 id;
	__be16 fragment;
	__u8 ttl;
	__u8 protocol;
	__be16 checksum;
	__be32 source;
	__be32 destination;
};

struct ipv6_header {
	__be32 version_and_flow;
	__be16 payload_length;
	__u8 next;
	__u8 hop_limit;
	struct ip16 source;
	struct ip16 destination;
};

struct packet {
	struct ip16 source;
	struct ip16 destination;
	__u16 source_port;
	__u16 destination_port;
	__u8 protocol;
	__u8 problem; /* 0, UNREADABLE or FRAGMENT */
	__u8 opens;   /* TCP SYN without ACK */
	__u8 addressed; /* whether the addresses are known */
};

/* Enough of a transport header for whatever is read of it. */
#define TRANSPORT 14

/* Protocols that begin with two ports. A datagram with little payload ends before TRANSPORT: it is read the long way. */
static __always_inline int has_transport(__u8 protocol)
{
	return protocol == TCP || protocol == UDP || protocol == SCTP;
}

static __always_inline void take_transport(const __u8 *header, struct packet *p)
{
	p->source_port = header[0] << 8 | header[1];
	p->destination_port = header[2] << 8 | header[3];
	p->opens = p->protocol == TCP && (header[13] & (TCP_SYN | TCP_ACK)) == TCP_SYN;
}

static __always_inline void read_transport(struct bpf_dynptr *bytes, __u32 at, struct packet *p)
{
	__u8 buffer[16] __attribute__((aligned(8)));
	const __u8 *header;

	switch (p->protocol) {
	case TCP:
		header = bpf_dynptr_slice(bytes, at, buffer, TRANSPORT);
		if (!header)
			break;
		take_transport(header, p);
		return;
	case UDP:
	case SCTP:
		header = bpf_dynptr_slice(bytes, at, buffer, 4);
		if (!header)
			break;
		p->source_port = header[0] << 8 | header[1];
		p->destination_port = header[2] << 8 | header[3];
		return;
	case ICMP:
	case ICMPV6:
		header = bpf_dynptr_slice(bytes, at, buffer, 2);
		if (!header)
			break;
		p->destination_port = header[0] << 8 | header[1];
		return;
	default:
		return;
	}
	p->problem = UNREADABLE;
}

static __always_inline void take_ipv4(const struct ipv4_header *ip, struct packet *p)
{
	p->source.word[2] = bpf_htonl(0xffff);
	p->source.word[3] = ip->source;
	p->destination.word[2] = bpf_htonl(0xffff);
	p->destination.word[3] = ip->destination;
	p->addressed = 1;
	p->protocol = ip->protocol;
}

static __always_inline void read_ipv4(struct bpf_dynptr *bytes, const struct ipv4_header *ip, struct packet *p)
{
	__u32 length = (ip->version_and_length & 15) * 4;

	take_ipv4(ip, p);
	if (length < sizeof(*ip)) {
		p->problem = UNREADABLE;
	} else if (ip->fragment & bpf_htons(0x1fff)) {
		p->problem = FRAGMENT;
	} else {
		read_transport(bytes, length, p);
	}
}

static __always_inline void take_ipv6(const struct ipv6_header *ip, struct packet *p)
{
	p->source = ip->source;
	p->destination = ip->destination;
	p->addressed = 1;
	p->protocol = ip->next;
}

static __always_inline void read_ipv6(struct bpf_dynptr *bytes, struct packet *p)
{
	__u8 buffer[40] __attribute__((aligned(8)));
	const struct ipv6_header *ip = bpf_dynptr_slice(bytes, 0, buffer, sizeof(*ip));
	const __u8 *header;
	__u32 at = sizeof(*ip);
	int i;

	if (!ip) {
		p->problem = UNREADABLE;
		return;
	}
	take_ipv6(ip, p);
	for (i = 0; i <= MAX_EXTENSION_HEADERS; i++) {
		switch (p->protocol) {
		case HOP_BY_HOP:
		case ROUTING:
		case FRAGMENT_HEADER:
		case AUTHENTICATION:
		case DESTINATION_OPTIONS:
		case MOBILITY:
		case HOST_IDENTITY:
		case SHIM6:
			break;
		default:
			read_transport(bytes, at, p);
			return;
		}
		header = bpf_dynptr_slice(bytes, at, buffer, 8);
		if (!header)
			break;
		if (p->protocol == FRAGMENT_HEADER) {
			p->protocol = header[0];
			if (header[2] || header[3] & 0xf8) {
				p->problem = FRAGMENT;
				return;
			}
			at += 8;
		} else {
			at += p->protocol == AUTHENTICATION ? (header[1] + 2) * 4 : (header[1] + 1) * 8;
			p->protocol = header[0];
		}
	}
	p->problem = UNREADABLE;
}

struct usual_ipv4 {
	struct ipv4_header ip;
	__u8 transport[TRANSPORT];
};

struct usual_ipv6 {
	struct ipv6_header ip;
	__u8 transport[TRANSPORT];
};

/*
 * Most packets have no options and a transport header with ports right behind: they are read with one look. Whether
 * this is one.
 */
static __always_inline int read_usual(struct bpf_dynptr *bytes, __u8 family, struct packet *p)
{
	__u8 buffer[sizeof(struct usual_ipv6)] __attribute__((aligned(8)));

	if (family == FAMILY_IPV4) {
		const struct usual_ipv4 *usual = bpf_dynptr_slice(bytes, 0, buffer, sizeof(*usual));

		if (!usual || usual->ip.version_and_length != 0x45 || usual->ip.fragment & bpf_htons(0x1fff) ||
		    !has_transport(usual->ip.protocol))
			return 0;
		take_ipv4(&usual->ip, p);
		take_transport(usual->transport, p);
		return 1;
	}
	if (family == FAMILY_IPV6) {
		const struct usual_ipv6 *usual = bpf_dynptr_slice(bytes, 0, buffer, sizeof(*usual));

		if (!usual || (usual->ip.version_and_flow & bpf_htonl(0xf0000000)) != bpf_htonl(0x60000000) ||
		    !has_transport(usual->ip.next))
			return 0;
		take_ipv6(&usual->ip, p);
		take_transport(usual->transport, p);
		return 1;
	}
	return 0;
}

/* family: of the hook; the packet's own version counts where it is not the usual one. */
static __always_inline void read_packet(struct sk_buff *skb, __u8 family, struct packet *p)
{
	__u8 buffer[20] __attribute__((aligned(8)));
	const struct ipv4_header *ip;
	struct bpf_dynptr bytes;

	__builtin_memset(p, 0, sizeof(*p));
	if (bpf_dynptr_from_skb((struct __sk_buff *)skb, 0, &bytes)) {
		p->problem = UNREADABLE;
		return;
	}
	if (read_usual(&bytes, family, p))
		return;
	ip = bpf_dynptr_slice(&bytes, 0, buffer, sizeof(*ip));
	if (!ip)
		p->problem = UNREADABLE;
	else if (ip->version_and_length >> 4 == 4)
		read_ipv4(&bytes, ip, p);
	else if (ip->version_and_length >> 4 == 6)
		read_ipv6(&bytes, p);
	else
		p->problem = UNREADABLE;
}

/* Neighbour discovery and multicast listeners: without them an IPv6 node is not reachable at all (RFC 4890 4.4.1). */
static __always_inline int is_neighbour_discovery(const struct packet *p)
{
	__u8 type = p->destination_port >> 8;

	return p->protocol == ICMPV6 && !p->problem && ((type >= 130 && type <= 137) || type == 143);
}

#endif
