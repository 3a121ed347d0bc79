package io.sluice.manifests;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a text as if it came from the standard input. */
final class Reading {
    private Reading() {}

    static Manifests of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Manifests of(byte[] bytes) {
        return ManifestReader.read(List.of("-"), new ByteArrayInputStream(bytes));
    }

    /** What is said about a text, without the name of the file. */
    static List<String> said(String text) {
        return said(of(text));
    }

    static List<String> said(Manifests manifests) {
        return manifests.diagnostics().stream()
                .map(d -> d.toString().replace("<stdin>:", ""))
                .toList();
    }

    /** A NetworkPolicy whose spec begins on line 6. */
    static String policy(String spec) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata:
                  name: x
                spec:
                """ + spec.indent(2);
    }
}
