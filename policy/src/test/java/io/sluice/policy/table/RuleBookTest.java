package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What policies are made of is in use for as long as one of them is. */
class RuleBookTest {
    private static final Subject WEB = new Subject(NamespaceMatch.EVERY, new Selector.Has("web"));
    private static final Subject SOME = new Subject(NamespaceMatch.EVERY, new Selector.Has("some"));
    private static final PortMatch HTTP = new PortMatch.Named("http", Protocol.TCP);
    private static final Peer PODS = new Peer.Pods(NamespaceMatch.EVERY, Selector.ALL);
    private static final Peer NODES = new Peer.Nodes(Selector.ALL);

    private final RuleBook rules = new RuleBook();

    private static Rule rule(Optional<Subject> only, PortMatch port, Peer... peers) {
        return new Rule("", Action.ALLOW, List.of(peers), List.of(port), SourcePosition.NONE, only, Optional.empty());
    }

    private static Policy policy(String name, Rule... rules) {
        return Policy.network(
                new PolicyId("P", "", name),
                SourcePosition.NONE,
                WEB,
                List.of(new Section(Direction.EGRESS, true, List.of(rules))));
    }

    private String inUse() {
        return rules.peers.live() + " peers, " + rules.subjects.live() + " subjects, " + rules.egressNames.live()
                + " names";
    }

    @Test
    void whatAPolicyAsksForIsGivenBackWithIt() {
        assertThat(inUse()).as("the world is always there").isEqualTo("1 peers, 0 subjects, 0 names");
        PolicyEntry one = rules.add(
                policy(
                        "one",
                        rule(Optional.of(SOME), HTTP, new Peer.Not(PODS), NODES),
                        rule(Optional.of(SOME), HTTP, PODS)),
                0);
        PolicyEntry other = rules.add(policy("other", rule(Optional.empty(), HTTP, NODES)), 1);
        assertThat(inUse()).isEqualTo("3 peers, 2 subjects, 1 names");
        rules.release(one);
        assertThat(inUse()).isEqualTo("2 peers, 1 subjects, 1 names");
        rules.release(other);
        assertThat(inUse()).isEqualTo("1 peers, 0 subjects, 0 names");
    }

    @Test
    void aPolicyThatSaysNothingSelectsNobody() {
        PolicyEntry nothing =
                rules.add(Policy.network(new PolicyId("P", "", "p"), SourcePosition.NONE, WEB, List.of()), 0);
        assertThat(nothing.subject()).isEqualTo(PolicyEntry.NO_SUBJECT);
        rules.release(nothing);
        assertThat(inUse()).isEqualTo("1 peers, 0 subjects, 0 names");
    }

    @Test
    void rulesThatDecideNothingAskForNothing() {
        Rule log = new Rule("", Action.LOG, List.of(PODS), List.of(HTTP), SourcePosition.NONE);
        Rule nobody = rule(Optional.empty(), HTTP);
        PolicyEntry entry = rules.add(policy("p", log, nobody), 0);
        assertThat(inUse()).isEqualTo("1 peers, 1 subjects, 0 names");
        assertThat(entry.causes()).isZero();
    }

    @Test
    void aPolicyHasTheCausesOfItsRulesThatPassToo() {
        Rule pass = new Rule("", Action.PASS, List.of(PODS), List.of(HTTP), SourcePosition.NONE);
        Rule allow = rule(Optional.empty(), HTTP, PODS);
        assertThat(rules.add(policy("one", pass, allow, pass), 0).causes()).isEqualTo(3);
        assertThat(rules.add(policy("two", pass, allow), 1).causes()).isEqualTo(2);
    }
}
