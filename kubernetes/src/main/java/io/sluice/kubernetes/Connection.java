package io.sluice.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** From a kubeconfig to a client. */
final class Connection {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 60_000;

    /** A server that is about to restart is asked again, for about a second; one that is not there is not waited for. */
    private static final int RETRIES = 2;

    private Connection() {}

    static KubernetesClient open(ClusterAccess access) {
        Config config = new ConfigBuilder(configuration(access))
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(ANSWER_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config configuration(ClusterAccess access) {
        List<Path> files = access.kubeconfig()
                .map(List::of)
                .orElseGet(() ->
                        Config.getKubeconfigFilenames().stream().map(Path::of).toList());
        String names = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        boolean found = files.stream().anyMatch(Files::isRegularFile);
        if (access.kubeconfig().isPresent() && !found) {
            throw new ClusterUnavailable(names + ": no such kubeconfig");
        }
        if (!found) {
            if (access.context().isEmpty() && System.getenv("KUBERNETES_SERVICE_HOST") != null) {
                return Config.autoConfigure(null);
            }
            throw new ClusterUnavailable(
                    "there is no kubeconfig (looked for " + names + "): give one with --kubeconfig FILE");
        }
        Config config = read(access.kubeconfig(), access.context(), names);
        if (access.context().isPresent()
                && (config.getCurrentContext() == null
                        || !config.getCurrentContext()
                                .getName()
                                .equals(access.context().get()))) {
            throw new ClusterUnavailable("there is no context '"
                    + access.context().get() + "' in " + names
                    + "; there is "
                    + config.getContexts().stream().map(c -> c.getName()).collect(Collectors.joining(", ")));
        }
        if (config.getCurrentContext() == null) {
            throw new ClusterUnavailable(names + " has no current context: name one with --context");
        }
        return config;
    }

    private static Config read(Optional<Path> file, Optional<String> context, String names) {
        try {
            return file.isPresent()
                    ? Config.fromKubeconfig(context.orElse(null), file.get().toFile())
                    : Config.autoConfigure(context.orElse(null));
        } catch (RuntimeException e) {
            // The YAML reader behind it has exceptions of its own.
            throw new ClusterUnavailable(names + ": cannot be read as a kubeconfig: " + reason(e), e);
        }
    }

    private static String reason(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return switch (last) {
            case CharacterCodingException _ -> "it is no UTF-8 text";
            case AccessDeniedException _ -> "permission denied";
            // What the reader stumbles over in a file that holds nothing.
            case NullPointerException _ -> "it is empty";
            default -> String.valueOf(last.getMessage()).lines().findFirst().orElse("");
        };
    }
}
