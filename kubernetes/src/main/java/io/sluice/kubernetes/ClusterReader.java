package io.sluice.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads a cluster. */
public final class ClusterReader {
    /** Objects of one answer, as kubectl asks for them. */
    private static final int PAGE = 500;

    /** How often a list is begun anew because its snapshot is gone from the server (410). */
    private static final int ATTEMPTS = 3;

    private final Api api;
    private final List<String> warnings = new ArrayList<>();

    private ClusterReader(Api api) {
        this.api = api;
    }

    /**
     * All objects of these kinds, as far as the cluster serves them.
     *
     * @param kinds as {@code apiVersion Kind}
     * @throws ClusterUnavailable if it cannot be reached, or if a kind may not be listed without which verdicts are wrong
     */
    public static ClusterObjects read(ClusterAccess access, Collection<String> kinds) {
        try (KubernetesClient client = Connection.open(access)) {
            return new ClusterReader(new Api(client)).read(kinds);
        }
    }

    private ClusterObjects read(Collection<String> kinds) {
        Discovery discovery = discovery();
        List<Resource> wanted = Wanted.of(kinds, discovery);
        List<Optional<Listing>> found = Tasks.all(wanted, this::list);
        for (Resource unread : Wanted.unread(kinds, discovery)) {
            unread(unread).ifPresent(warnings::add);
        }
        return new ClusterObjects(found.stream().flatMap(Optional::stream).toList(), warnings);
    }

    private Discovery discovery() {
        try {
            return Discovery.of(api);
        } catch (Api.Denied e) {
            throw new ClusterUnavailable(
                    "the API server " + api.server() + " does not say what it serves: " + e.getMessage(), e);
        }
    }

    private Optional<Listing> list(Resource resource) {
        try {
            return Optional.of(new Listing(resource.apiVersion(), resource.kind(), pages(resource)));
        } catch (Api.Denied e) {
            if (!Wanted.isDispensable(resource)) {
                throw new ClusterUnavailable(
                        "cannot list " + resource + ": " + e.getMessage() + "; without them verdicts would be wrong",
                        e);
            }
            warn("cannot list " + resource + ": " + e.getMessage() + "; verdicts leave them out");
            return Optional.empty();
        }
    }

    private synchronized void warn(String warning) {
        warnings.add(warning);
    }

    private List<String> pages(Resource resource) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(resource);
            } catch (Api.Denied e) {
                if (e.status() != HttpURLConnection.HTTP_GONE || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<String> attempt(Resource resource) {
        List<String> pages = new ArrayList<>();
        String next = "";
        do {
            String from = next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            Optional<String> page = api.get(resource.path() + "?limit=" + PAGE + from);
            page.ifPresent(pages::add);
            next = page.map(Json::next).orElse("");
        } while (!next.isEmpty());
        return pages;
    }

    /** A warning if there are policies of a kind that is not read. */
    private Optional<String> unread(Resource resource) {
        String what;
        try {
            String page = api.get(resource.path() + "?limit=1").orElse("{}");
            if (Json.texts(page, "items", "metadata", "name").isEmpty()) {
                return Optional.empty();
            }
            what = "there are " + resource + " in the cluster";
        } catch (Api.Denied e) {
            what = "there may be " + resource + " in the cluster (" + e.getMessage() + ")";
        }
        return Optional.of(what + ", which are not read; verdicts leave them out");
    }
}
