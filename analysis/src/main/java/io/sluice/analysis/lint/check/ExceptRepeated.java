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
import java.util.List;

/** An exception inside another one of the same block. */
final class ExceptRepeated implements Check {
    private static final About ABOUT = new About(
            "except-repeated",
            Severity.INFO,
            "An except lies inside another except of the same ipBlock.",
            "It takes nothing away that the other does not.",
            "Remove it.");

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
                            List<Object> item = text.peer(section.direction(), r, p);
                            inspect(text, PolicyText.extend(item, "ipBlock", "except"), network.except(), findings);
                        }
                    }
                }
            }
        }
    }

    private static void inspect(PolicyText text, List<Object> path, List<Cidr> except, Findings findings) {
        for (int e = 0; e < except.size(); e++) {
            for (int other = 0; other < except.size(); other++) {
                boolean covered = except.get(other).contains(except.get(e))
                        && (other < e || !except.get(other).equals(except.get(e)));
                if (other != e && covered) {
                    findings.add(
                            text.at(PolicyText.extend(path, e)),
                            except.get(e) + " lies inside " + except.get(other) + " already");
                    break;
                }
            }
        }
    }
}
