/**
 * The network under a lab: namespaces, links, routes, Service translation and DNS, as text for {@code ip}, {@code nft}
 * and {@code dnsmasq}, and the running of it.
 *
 * <p>What is to be done is computed by pure functions from a placed snapshot; only {@link io.sluice.lab.net.Commands}
 * and {@link io.sluice.lab.net.Network} touch the machine. No policy may come in here.
 */
@NullMarked
package io.sluice.lab.net;

import org.jspecify.annotations.NullMarked;
