/**
 * Files, folders and dumps read into the model, strictly, with file:line:column for everything that is said about them.
 *
 * <pre>
 *   paths ─► InputFiles ─► SourceText ─► Documents ─► ObjectReader ─► one ObjectDecoder a kind ─► ClusterBuilder
 *             bytes         text          Value        KubeObject      Cursor: read a field and     PodAssembly:
 *                                         (YAML,       StrictFields:   what is wrong with it        every pod once
 *                                          JSON)       misplaced ones  has been said
 * </pre>
 *
 * <p>What is wrong comes back as values ({@link io.sluice.manifests.Diagnostic}), all of it and not the first alone;
 * nothing here prints or exits. Scalars mean what kubectl takes them for ({@code ScalarType}), validation errors are the
 * API server's own words, and a line that is indented so that it turns a policy into another one is an error. A new
 * dialect is a new decoder in {@code Decoders}; nothing behind this package asks which dialect a rule came from.
 *
 * <p>The messages are held word for word by text files beside the tests (MessagesTest, {@code -Dgolden.update=true}).
 */
@NullMarked
package io.sluice.manifests;

import org.jspecify.annotations.NullMarked;
