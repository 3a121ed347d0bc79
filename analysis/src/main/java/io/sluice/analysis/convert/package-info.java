/**
 * Can a policy be said in another dialect without a change of meaning?
 *
 * <p>Policies of the model are written as documents of the other dialect, the text is read again like any other, and
 * {@link io.sluice.analysis.convert.Proof} compares what is decided before and after, for every pod there is and for
 * pods made to fit each selector. What cannot be said, or would differ, is refused with the reason.
 */
@NullMarked
package io.sluice.analysis.convert;

import org.jspecify.annotations.NullMarked;
