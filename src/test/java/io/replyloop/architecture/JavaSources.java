package io.replyloop.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java as the compiler reads it, before it looks for what the names mean. */
record JavaSources(Iterable<? extends CompilationUnitTree> units, SourcePositions positions) {
    /** @param sources texts by their paths */
    static JavaSources of(Map<String, String> sources) throws IOException {
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((path, text) -> files.add(new Source(path, text)));
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, problem -> {}, List.of(), null, files);
        return new JavaSources(task.parse(), Trees.instance(task).getSourcePositions());
    }

    static String path(CompilationUnitTree unit) {
        return unit.getSourceFile().toUri().getPath().substring(1);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }
}
