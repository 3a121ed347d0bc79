package io.sluice.lab;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.MixInResolver;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How the model is written down between the processes of one lab. Not a format for anybody else. */
final class SnapshotJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(text(new SimpleModule(), Ip.class, Ip::parse, Ip::toString)
                    .addKeyDeserializer(Ip.class, new KeyDeserializer() {
                        @Override
                        public Object deserializeKey(String key, DeserializationContext context) {
                            return Ip.parse(key);
                        }
                    }))
            .addModule(text(new SimpleModule("cidr"), Cidr.class, Cidr::parse, Cidr::toString))
            .addModule(text(
                    new SimpleModule("protocol"),
                    Protocol.class,
                    n -> new Protocol(Integer.parseInt(n)),
                    p -> Integer.toString(p.number())))
            .mixInOverrides(new SealedKinds())
            // Of a record its components, and not what it says of itself besides.
            .changeDefaultVisibility(visible -> visible.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                    .withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
            .build();

    private SnapshotJson() {}

    private static <T> SimpleModule text(
            SimpleModule module, Class<T> type, Function<String, T> read, Function<T, String> write) {
        return module.addSerializer(new StdSerializer<T>(type) {
                    @Override
                    public void serialize(T value, JsonGenerator out, SerializationContext context) {
                        out.writeString(write.apply(value));
                    }
                })
                .addDeserializer(type, new StdDeserializer<T>(type) {
                    @Override
                    public T deserialize(JsonParser in, DeserializationContext context) {
                        return read.apply(in.getString());
                    }
                });
    }

    /** Every sealed interface of the model says which of its types a value is. */
    private static final class SealedKinds implements MixInResolver {
        @Override
        public @Nullable Class<?> findMixInClassFor(Class<?> type) {
            return type.isSealed() ? Kinds.class : null;
        }

        @Override
        public boolean hasMixIns() {
            return true;
        }

        @Override
        public MixInResolver snapshot() {
            return this;
        }
    }

    /** The permitted types of a sealed interface, by their simple names. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Kinds {}
}
