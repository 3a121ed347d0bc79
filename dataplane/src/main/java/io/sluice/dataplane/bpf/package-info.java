/**
 * The bpf(2) system call and libbpf.so.1, typed, through the Foreign Function and Memory API.
 *
 * <p>libbpf opens and loads the object file, because that is where relocation against the running kernel's types
 * happens; everything else is a plain system call. Nothing here knows what the maps mean.
 */
@NullMarked
package io.sluice.dataplane.bpf;

import org.jspecify.annotations.NullMarked;
