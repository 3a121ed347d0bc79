package io.sluice.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** GET, with what can go wrong in words. */
final class Api {
    private final KubernetesClient client;
    private final String server;

    /** The server answers, but not with this: 403, 410 and the like. */
    static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Denied(int status, String message, Throwable cause) {
            super(message, cause);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    Api(KubernetesClient client) {
        this.client = client;
        this.server = client.getConfiguration().getMasterUrl().replaceAll("/$", "");
    }

    String server() {
        return server;
    }

    /**
     * An answer; empty where there is no such thing (404).
     *
     * @throws Denied where the server refuses
     * @throws ClusterUnavailable where it is not to be had, or does not know us
     */
    Optional<String> get(String path) {
        try {
            return Optional.ofNullable(client.raw(path));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
                throw new ClusterUnavailable(
                        "the API server " + server + " does not accept the credentials of the kubeconfig (401)", e);
            }
            if (e.getCode() > 0) {
                throw new Denied(e.getCode(), said(e), e);
            }
            throw new ClusterUnavailable(unreachable(e), e);
        }
    }

    private static String said(KubernetesClientException e) {
        String status = e.getStatus() == null ? null : e.getStatus().getMessage();
        return e.getCode()
                + (status == null || status.isBlank()
                        ? ""
                        : ": " + status.lines().findFirst().orElse(""));
    }

    private String unreachable(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateException bad -> {
                    return "the certificate of the API server " + server + " cannot be trusted: " + bad.getMessage();
                }
                case UnknownHostException _, UnresolvedAddressException _ -> {
                    return "cannot reach the API server " + server + ": there is no such host";
                }
                case HttpTimeoutException _, TimeoutException _ -> {
                    return "cannot reach the API server " + server + ": it does not answer in time";
                }
                default -> {
                    // The cause of the cause says more.
                }
            }
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException bad) {
                return "no TLS with the API server " + server + ": " + bad.getMessage();
            }
            if (cause instanceof ConnectException) {
                return "cannot reach the API server " + server + ": connection refused";
            }
        }
        Throwable last = e;
        while (last.getCause() != null && !(last instanceof IOException)) {
            last = last.getCause();
        }
        return "cannot reach the API server " + server + ": " + last.getMessage();
    }
}
