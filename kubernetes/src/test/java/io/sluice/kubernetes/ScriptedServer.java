package io.sluice.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An API server that says what it is told to: for answers that a real one does not give on demand. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = Collections.synchronizedMap(new HashMap<>());
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What is answered to a path with its query; of several answers each but the last is given once. */
    ScriptedServer on(String path, int status, String body) {
        answers.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(new Answer(status, body));
        return this;
    }

    /** The same, and nothing else. */
    ScriptedServer instead(String path, int status, String body) {
        answers.remove(path);
        return on(path, status, body);
    }

    ScriptedServer on(String path, String body) {
        return on(path, 200, body);
    }

    /** Lets a version hold these kinds, {@code pods Pod} each. */
    ScriptedServer serves(String path, String... kinds) {
        StringBuilder resources = new StringBuilder();
        for (String kind : kinds) {
            String[] words = kind.split(" ");
            resources
                    .append(resources.isEmpty() ? "" : ",")
                    .append("{\"name\":\"%s\",\"kind\":\"%s\",\"namespaced\":true}".formatted(words[0], words[1]));
        }
        return on(path, "{\"kind\":\"APIResourceList\",\"resources\":[" + resources + "]}");
    }

    /** What was asked, in no order. */
    List<String> asked() {
        return asked;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A kubeconfig that leads here. */
    ClusterAccess access(Path folder) throws IOException {
        Path file = folder.resolve("kubeconfig");
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters: [{name: here, cluster: {server: "%s"}}]
                contexts: [{name: here, context: {cluster: here, user: me}}, {name: there, context: {cluster: here, user: me}}]
                users: [{name: me, user: {token: secret}}]
                """.formatted(url()));
        return new ClusterAccess(java.util.Optional.of(file), java.util.Optional.empty());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        Answer answer;
        synchronized (answers) {
            Deque<Answer> left = answers.getOrDefault(path, new ArrayDeque<>());
            answer = left.size() > 1 ? left.poll() : left.peek();
        }
        byte[] body = (answer == null
                        ? "{\"kind\":\"Status\",\"message\":\"the server could not find the requested resource\"}"
                        : answer.body)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer == null ? 404 : answer.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
