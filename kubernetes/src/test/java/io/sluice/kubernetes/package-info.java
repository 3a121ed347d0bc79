@NullMarked
package io.sluice.kubernetes;

import org.jspecify.annotations.NullMarked;
