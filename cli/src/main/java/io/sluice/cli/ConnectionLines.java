package io.sluice.cli;

import io.sluice.lab.RulePorts.Port;
import io.sluice.lab.probe.Probe;
import io.sluice.policy.net.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connections to make, a JSON object a line, as {@code decide} reads them. */
final class ConnectionLines {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ConnectionLines() {}

    /**
     * @param file {@code -} for stdin
     * @throws Refusal with the line that is no connection of this lab
     */
    static List<Probe> read(String file, ProbeTarget target) {
        boolean stdin = file.equals("-");
        String name = stdin ? "<stdin>" : file;
        List<Probe> probes = new ArrayList<>();
        try (InputStream in = stdin ? System.in : UserFile.open(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    probes.addAll(probes(line, name + ":" + number, target));
                }
                number++;
            }
        } catch (IOException e) {
            throw UserFile.unreadable(name, e);
        }
        return List.copyOf(probes);
    }

    private static List<Probe> probes(String line, String place, ProbeTarget target) {
        try {
            return probes(line, target);
        } catch (JacksonException e) {
            throw new Refusal(place + ": error: no JSON object", e);
        } catch (Refusal e) {
            throw new Refusal(place + ": error: " + e.getMessage(), e);
        }
    }

    private static List<Probe> probes(String line, ProbeTarget target) {
        JsonNode object = MAPPER.readTree(line);
        Protocol protocol = Protocol.named(object.path("protocol").asString("TCP"))
                .orElseThrow(() -> new Refusal("\"protocol\" is TCP or UDP"));
        int port = object.path("port").asInt(0);
        if (port < 1 || port > 0xffff) {
            throw new Refusal("\"port\" must be a number from 1 to 65535");
        }
        if (!new Port(protocol, port).hasSocket()) {
            throw new Refusal("the lab makes connections over TCP and UDP, not " + protocol);
        }
        return target.probes(text(object, "from"), text(object, "to"), protocol, port);
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString()) {
            throw new Refusal("\"" + name + "\" must be a string: NAMESPACE/NAME or an address");
        }
        return value.asString();
    }
}
