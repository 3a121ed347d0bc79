package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Optional;

/** A prefix with bits set behind its length. */
final class CidrHostBits implements Check {
    private static final About ABOUT = new About(
            "cidr-host-bits",
            Severity.WARNING,
            "A CIDR has bits set behind its prefix length.",
            "10.1.2.3/8 is read as 10.0.0.0/8: sixteen million addresses where one was probably meant. The API server"
                    + " accepts it.",
            "Write the first address of the block, or the length that was meant (/32 or /128 for one address).");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                for (int r = 0; r < section.rules().size(); r++) {
                    Rule rule = section.rules().get(r);
                    for (int p = 0; p < rule.peers().size(); p++) {
                        if (rule.peers().get(p) instanceof Peer.Network network) {
                            inspect(text, text.peer(section.direction(), r, p), network, findings);
                        }
                    }
                }
            }
        }
    }

    private static void inspect(PolicyText text, List<Object> item, Peer.Network network, Findings findings) {
        if (!text.text().has(PolicyText.extend(item, "ipBlock").toArray())) {
            inspect(text, item, findings);
            return;
        }
        inspect(text, PolicyText.extend(item, "ipBlock", "cidr"), findings);
        for (int e = 0; e < network.except().size(); e++) {
            inspect(text, PolicyText.extend(item, "ipBlock", "except", e), findings);
        }
    }

    private static void inspect(PolicyText text, List<Object> path, Findings findings) {
        String written = text.text().text(path.toArray()).orElse("");
        Optional<Cidr> cidr = Cidr.tryParse(written);
        if (cidr.isPresent()) {
            Ip address = Ip.parse(written.substring(0, written.indexOf('/')));
            if (!address.equals(cidr.get().base())) {
                findings.add(
                        text.at(path),
                        written + " is read as " + cidr.get(),
                        "Write " + cidr.get() + ", or " + Cidr.of(address) + " for the one address.");
            }
        }
    }
}
