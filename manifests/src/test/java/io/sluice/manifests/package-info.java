@NullMarked
package io.sluice.manifests;

import org.jspecify.annotations.NullMarked;
