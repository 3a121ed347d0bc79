package io.sluice.manifests;

import io.sluice.policy.model.Workload;
import java.util.List;
import java.util.Set;

/** The kinds that make pods from a template. Of each, only what decides how many pods there are and how they look. */
final class WorkloadDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of(
                "apps/v1 Deployment",
                "apps/v1 ReplicaSet",
                "apps/v1 StatefulSet",
                "apps/v1 DaemonSet",
                "v1 ReplicationController",
                "batch/v1 Job",
                "batch/v1 CronJob");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Cursor spec = in(object.root(), "spec");
        Cursor podSource = object.kind().equals("CronJob") ? in(in(spec, "jobTemplate"), "spec") : spec;
        Cursor template = in(podSource, "template");
        ReadPod.PodShape shape = PodReader.shape(in(template, "metadata"), in(template, "spec"));
        Workload workload = new Workload(object.kind(), object.namespace(), object.name());
        cluster.add(new ReadWorkload(
                workload,
                pods(object, spec, podSource),
                PodReader.owner(object.metadata()),
                new ReadPod(
                        object.namespace(),
                        object.name(),
                        shape,
                        List.of(),
                        in(template, "spec").text("nodeName").orElse(""),
                        java.util.Optional.empty(),
                        false,
                        object.position())));
    }

    private static Cursor in(Cursor parent, String field) {
        return parent.mapping(field).orElseGet(() -> parent.missing(field));
    }

    private static int pods(KubeObject object, Cursor spec, Cursor podSource) {
        return switch (object.kind()) {
            case "DaemonSet" -> ReadWorkload.ONE_PER_NODE;
            case "Job" -> isComplete(object.root()) ? 0 : jobPods(podSource);
            case "CronJob" -> spec.flag("suspend").orElse(false) ? 0 : jobPods(podSource);
            default -> Math.max(0, spec.whole("replicas").orElse(1));
        };
    }

    private static int jobPods(Cursor job) {
        if (job.flag("suspend").orElse(false)) {
            return 0;
        }
        int parallelism = Math.max(0, job.whole("parallelism").orElse(1));
        return job.whole("completions").map(c -> Math.min(c, parallelism)).orElse(parallelism);
    }

    private static boolean isComplete(Cursor job) {
        for (Cursor condition : in(job, "status").list("conditions")) {
            String type = condition.text("type").orElse("");
            if ((type.equals("Complete") || type.equals("Failed"))
                    && condition.text("status").orElse("").equals("True")) {
                return true;
            }
        }
        return false;
    }
}
