package io.sluice.policy.model;

import io.sluice.policy.net.Protocol;

/**
 * A port that a container declares.
 *
 * @param name empty where it has none
 * @param port 1 to 65535
 */
public record ContainerPort(String name, Protocol protocol, int port) {}
