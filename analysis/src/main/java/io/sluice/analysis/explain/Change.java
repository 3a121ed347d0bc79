package io.sluice.analysis.explain;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.SourcePosition;

/**
 * An edit of a policy.
 *
 * @param summary what to do, one sentence
 * @param position where; {@link SourcePosition#NONE} where the policy is new
 * @param patch the lines to write, in the policy's dialect; empty where the summary says it all
 * @param reach what else the edit touches, one sentence; empty if nothing
 */
public record Change(Direction direction, String summary, SourcePosition position, String patch, String reach) {}
