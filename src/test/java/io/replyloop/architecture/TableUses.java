package io.replyloop.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tables sources name, in SQL and JPQL with all its text blocks and concatenations, and by their entities. */
final class TableUses {
    /**
     * @param file with its package
     * @param table {@link #BY_VARIABLE} where a variable names it, whose value is none of this file's literals
     */
    record Use(String packageName, String file, String table, boolean writes) {}

    static final String BY_VARIABLE = "\uFFFC";

    private static final String NAME = "(\\w+|" + BY_VARIABLE + ")";
    private static final Pattern WRITTEN = Pattern.compile(
            "\\b(?:insert\\s+into|delete\\s+from|merge\\s+into|truncate(?:\\s+table)?|lock\\s+table|update)\\s+(?:only\\s+)?"
                    + NAME,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern READ = Pattern.compile(
            "\\b(?:from|join|using)\\s+(?:only\\s+)?" + NAME + "((?:(?:\\s+(?:as\\s+)?\\w+)?\\s*,\\s*\\w+)*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NEXT = Pattern.compile(",\\s*(\\w+)");
    private static final Pattern STATEMENT =
            Pattern.compile("\\s*(?:select|insert|update|delete|with)\\s.*", Pattern.DOTALL);

    private final Set<String> tables;
    private final Set<String> unmistakable;
    private final Map<String, String> tableOfEntity = new HashMap<>();

    private TableUses(Set<String> tables, Set<String> unmistakable) {
        this.tables = tables;
        this.unmistakable = unmistakable;
    }

    /**
     * @param sources texts by their paths, from the folder of the base package on
     * @param unmistakable the tables whose names are neither words nor columns, so that a literal can mean nothing else
     */
    static Set<Use> in(Map<String, String> sources, Set<String> tables, Set<String> unmistakable) throws IOException {
        TableUses uses = new TableUses(tables, unmistakable);
        List<Contents> files = parse(sources);
        files.forEach(file -> uses.tableOfEntity.putAll(file.entities));
        Set<Use> all = new LinkedHashSet<>();
        files.forEach(file -> uses.add(file, all));
        return all;
    }

    private static List<Contents> parse(Map<String, String> sources) throws IOException {
        List<Contents> all = new ArrayList<>();
        for (CompilationUnitTree unit : JavaSources.of(sources).units()) {
            Contents contents = new Contents(JavaSources.path(unit));
            contents.scan(unit, null);
            all.add(contents);
        }
        return all;
    }

    private void add(Contents file, Set<Use> all) {
        file.declared.stream().filter(tables::contains).forEach(table -> all.add(file.use(table, true)));
        file.strings.stream().filter(unmistakable::contains).forEach(table -> all.add(file.use(table, true)));
        boolean byVariable = false;
        for (String text : file.strings) {
            Set<String> written = named(WRITTEN, text);
            Set<String> read = named(READ, text);
            written.forEach(name -> addNamed(file, name, true, all));
            read.forEach(name -> addNamed(file, name, false, all));
            boolean some = written.contains(BY_VARIABLE) || read.contains(BY_VARIABLE);
            byVariable |= some && STATEMENT.matcher(text).matches();
        }
        if (byVariable) {
            List<String> values = file.strings.stream().filter(tables::contains).toList();
            values.forEach(table -> all.add(file.use(table, true)));
            if (values.isEmpty()) {
                all.add(file.use(BY_VARIABLE, true));
            }
        }
    }

    private void addNamed(Contents file, String name, boolean writes, Set<Use> all) {
        String table = tableOfEntity.getOrDefault(name, name);
        if (tables.contains(table)) {
            all.add(file.use(table, writes));
        }
    }

    private static Set<String> named(Pattern pattern, String text) {
        Set<String> names = new HashSet<>();
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            names.add(found.group(1));
            if (found.groupCount() > 1) {
                Matcher next = NEXT.matcher(found.group(2));
                while (next.find()) {
                    names.add(next.group(1));
                }
            }
        }
        return names;
    }

    /** Of one file. */
    private static final class Contents extends TreeScanner<Void, Void> {
        private final String packageName;
        private final String file;
        private final Set<String> strings = new LinkedHashSet<>();
        private final Set<String> declared = new HashSet<>();
        private final Map<String, String> entities = new HashMap<>();

        Contents(String path) {
            String name = path.replace(".java", "").replace('/', '.');
            file = name;
            packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }

        Use use(String table, boolean writes) {
            return new Use(packageName, file, table, writes);
        }

        @Override
        public Void visitBinary(BinaryTree tree, Void none) {
            if (tree.getKind() != Tree.Kind.PLUS) {
                return super.visitBinary(tree, none);
            }
            StringBuilder text = new StringBuilder();
            join(tree, text);
            strings.add(text.toString());
            return null;
        }

        private void join(ExpressionTree tree, StringBuilder text) {
            if (tree.getKind() == Tree.Kind.PLUS) {
                join(((BinaryTree) tree).getLeftOperand(), text);
                join(((BinaryTree) tree).getRightOperand(), text);
            } else if (tree instanceof LiteralTree literal) {
                text.append(literal.getValue());
            } else if (tree instanceof ParenthesizedTree inner
                    && inner.getExpression().getKind() == Tree.Kind.PLUS) {
                join(inner.getExpression(), text);
            } else {
                text.append(BY_VARIABLE);
                scan(tree, null);
            }
        }

        @Override
        public Void visitLiteral(LiteralTree tree, Void none) {
            if (tree.getValue() instanceof String text) {
                strings.add(text.replace("%s", BY_VARIABLE));
            }
            return null;
        }

        /** A class that works with one table may be told which by those that extend it. */
        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
            if (tree.getMethodSelect().toString().equals("super")) {
                tree.getArguments().stream()
                        .limit(1)
                        .filter(LiteralTree.class::isInstance)
                        .forEach(name -> declared.add(String.valueOf(((LiteralTree) name).getValue())));
            }
            return super.visitMethodInvocation(tree, none);
        }

        @Override
        public Void visitClass(ClassTree tree, Void none) {
            String name = tree.getSimpleName().toString();
            boolean entity = tree.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation -> simpleName(annotation).equals("Entity"));
            if (entity) {
                String table = tree.getModifiers().getAnnotations().stream()
                        .filter(annotation -> simpleName(annotation).equals("Table"))
                        .flatMap(annotation -> names(annotation).stream())
                        .findFirst()
                        .orElse(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT));
                entities.put(name, table);
                declared.add(table);
            }
            return super.visitClass(tree, none);
        }

        @Override
        public Void visitAnnotation(AnnotationTree tree, Void none) {
            if (simpleName(tree).endsWith("Table")) {
                declared.addAll(names(tree));
            }
            return super.visitAnnotation(tree, none);
        }

        private static String simpleName(AnnotationTree annotation) {
            String type = annotation.getAnnotationType().toString();
            return type.substring(type.lastIndexOf('.') + 1);
        }

        private static List<String> names(AnnotationTree annotation) {
            return annotation.getArguments().stream()
                    .filter(AssignmentTree.class::isInstance)
                    .map(AssignmentTree.class::cast)
                    .filter(argument -> argument.getVariable().toString().equals("name"))
                    .filter(argument -> argument.getExpression() instanceof LiteralTree)
                    .map(argument -> String.valueOf(((LiteralTree) argument.getExpression()).getValue()))
                    .toList();
        }
    }
}
