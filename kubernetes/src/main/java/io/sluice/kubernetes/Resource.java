package io.sluice.kubernetes;

/**
 * A kind that the API server serves.
 *
 * @param apiVersion {@code v1} or {@code group/version}
 * @param plural its name in URLs
 */
record Resource(String apiVersion, String kind, String plural) {
    /** Below which its objects are found. */
    String path() {
        return Discovery.path(apiVersion) + "/" + plural;
    }

    /** {@code networkpolicies.networking.k8s.io}, as RBAC and kubectl name it. */
    @Override
    public String toString() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? plural : plural + "." + apiVersion.substring(0, slash);
    }
}
