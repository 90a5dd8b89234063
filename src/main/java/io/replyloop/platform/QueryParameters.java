package io.replyloop.platform;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Parses query parameters that are not plain text. By default, JAX-RS responds to one that cannot be parsed with 404,
 * and takes every word except "true" for false.
 */
@Provider
public class QueryParameters implements ParamConverterProvider {
    private static final Kind INTEGER = new Kind(Integer::valueOf, "must be a whole number that is not too large");
    private static final Kind LONG = new Kind(Long::valueOf, INTEGER.rule());
    private static final Kind BOOLEAN = new Kind(QueryParameters::truth, "must be true or false");
    private static final Map<Class<?>, Kind> KINDS = Map.of(
            int.class, INTEGER,
            Integer.class, INTEGER,
            long.class, LONG,
            Long.class, LONG,
            boolean.class, BOOLEAN,
            Boolean.class, BOOLEAN,
            UUID.class, new Kind(UUID::fromString, "must be an id"));

    private record Kind(Function<String, Object> reader, String rule) {}

    /** The parameter with this name cannot be parsed. */
    static final class Unreadable extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String parameter;

        Unreadable(String parameter, String rule, Throwable cause) {
            super(rule, cause);
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }
    }

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        Kind kind = KINDS.get(type);
        for (Annotation annotation : annotations) {
            if (kind != null && annotation instanceof QueryParam parameter) {
                return converter(kind, parameter.value());
            }
        }
        return null;
    }

    private static <T> ParamConverter<T> converter(Kind kind, String parameter) {
        return new ParamConverter<>() {
            @Override
            @SuppressWarnings("unchecked")
            public T fromString(String text) {
                try {
                    return text == null ? null : (T) kind.reader().apply(text);
                } catch (IllegalArgumentException unreadable) {
                    throw new Unreadable(parameter, kind.rule(), unreadable);
                }
            }

            @Override
            public String toString(T value) {
                return String.valueOf(value);
            }
        };
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
