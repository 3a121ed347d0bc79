package io.sluice.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes to a cluster: encodings, YAML, JSON, every decoder. */
class ManifestsFuzzTest {
    @FuzzTest(maxDuration = "15s")
    @DictionaryFile(resourcePath = "/io/sluice/fuzz/manifests.dict")
    void read(byte[] bytes) {
        Reading.of(bytes);
    }
}
