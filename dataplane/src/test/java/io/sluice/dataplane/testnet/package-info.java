/** Network namespaces made for one test, and gone after it. */
@NullMarked
package io.sluice.dataplane.testnet;

import org.jspecify.annotations.NullMarked;
