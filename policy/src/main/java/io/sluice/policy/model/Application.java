package io.sluice.policy.model;

/**
 * What a rule demands beyond addresses and ports: an HTTP request, a DNS name asked for, a server name. Nothing at this
 * layer can see it. An ALLOW rule with such a demand therefore allows nothing here; the demand is kept to be shown.
 *
 * @param protocol HTTP, DNS, TLS, ...
 * @param demand in the dialect's words, short: {@code GET /api/.*}
 */
public record Application(String protocol, String demand) {
    @Override
    public String toString() {
        return protocol + " " + demand;
    }
}
