package io.sluice.kubernetes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an API server serves. */
final class Discovery {
    private final Map<String, List<Resource>> byVersion = new LinkedHashMap<>();

    private Discovery() {}

    /** Asks for the groups, then for what is in each of their versions. */
    static Discovery of(Api api) {
        List<String> versions = new ArrayList<>(List.of("v1"));
        versions.addAll(Json.texts(api.get("/apis").orElse("{}"), "groups", "versions", "groupVersion"));
        Discovery discovery = new Discovery();
        List<List<Resource>> found = Tasks.all(versions, version -> resources(api, version));
        for (int i = 0; i < versions.size(); i++) {
            discovery.byVersion.put(versions.get(i), found.get(i));
        }
        return discovery;
    }

    /** Sub-resources ({@code pods/log}) and what cannot be listed ({@code tokenreviews}) aside. */
    private static List<Resource> resources(Api api, String version) {
        String answer = api.get(path(version)).orElse("{}");
        List<String> names = Json.texts(answer, "resources", "name");
        List<String> kinds = Json.texts(answer, "resources", "kind");
        List<Resource> out = new ArrayList<>();
        for (int i = 0; i < Math.min(names.size(), kinds.size()); i++) {
            if (names.get(i).indexOf('/') < 0) {
                out.add(new Resource(version, kinds.get(i), names.get(i)));
            }
        }
        return out;
    }

    static String path(String apiVersion) {
        return (apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/") + apiVersion;
    }

    Optional<Resource> find(String apiVersion, String kind) {
        return byVersion.getOrDefault(apiVersion, List.of()).stream()
                .filter(resource -> resource.kind().equals(kind))
                .findFirst();
    }

    Collection<Resource> all() {
        return byVersion.values().stream().flatMap(List::stream).toList();
    }
}
