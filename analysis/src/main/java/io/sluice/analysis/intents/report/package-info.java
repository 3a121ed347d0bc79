/** What came of a file of intents, in the forms that people and other programs read. */
@NullMarked
package io.sluice.analysis.intents.report;

import org.jspecify.annotations.NullMarked;
