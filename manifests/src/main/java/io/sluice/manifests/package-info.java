/**
 * Files, folders and dumps read into the model, strictly, with file:line:column for everything that is said about them.
 *
 * <p>What is wrong comes back as values ({@link io.sluice.manifests.Diagnostic}); nothing here prints or exits.
 */
@NullMarked
package io.sluice.manifests;

import org.jspecify.annotations.NullMarked;
