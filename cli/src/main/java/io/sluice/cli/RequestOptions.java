package io.sluice.cli;

import io.sluice.policy.gate.Request;
import io.sluice.policy.model.GateTerm.Attribute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked through a connection, which only the gate of a mesh looks at. What is not given is not known. */
final class RequestOptions {
    @Option(names = "--method", paramLabel = "NAME", description = "Of the HTTP request, for a mesh's policies.")
    @Nullable
    String method;

    @Option(names = "--path", paramLabel = "PATH", description = "The same of its path.")
    @Nullable
    String path;

    @Option(names = "--host", paramLabel = "NAME", description = "The same of its host.")
    @Nullable
    String host;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "The same of a header; what is not given is not known.")
    Map<String, String> headers = new LinkedHashMap<>();

    @Option(
            names = "--principal",
            paramLabel = "ID",
            description = "Who the source proves to be (default: by the pod's service account).")
    @Nullable
    String principal;

    Request said(Request request) {
        Request all = request;
        if (method != null) {
            all = all.with(Attribute.METHOD, method);
        }
        if (path != null) {
            all = all.with(Attribute.PATH, path);
        }
        if (host != null) {
            all = all.with(Attribute.HOST, host);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            all = all.with(Attribute.HEADER, header.getKey().toLowerCase(Locale.ROOT), List.of(header.getValue()));
        }
        return principal == null
                ? all
                : all.with(Attribute.SOURCE_PRINCIPAL, "", principal.isEmpty() ? List.of() : List.of(principal));
    }
}
