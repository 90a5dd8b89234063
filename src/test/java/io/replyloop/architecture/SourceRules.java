package io.replyloop.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of how sources are written. Each takes texts by their paths and says where one is broken. */
final class SourceRules {
    static final int MOST_LINES = 400;

    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory");
    private static final Pattern FOREIGN_ASSERTIONS =
            Pattern.compile("org\\.junit\\.(?:jupiter\\.api\\.Assertions|Assert)(?:\\..*)?|org\\.hamcrest\\."
                    + "(?:MatcherAssert(?:\\..*)?|\\*)|junit\\.framework\\..*");
    private static final Pattern PACKAGES = Pattern.compile("[a-z]\\w*(?:\\.[a-z]\\w*)*");
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w*");

    private SourceRules() {}

    static List<String> tooLong(Map<String, String> sources) {
        List<String> broken = new ArrayList<>();
        sources.forEach((path, text) -> {
            long lines = text.lines().count();
            if (lines > MOST_LINES) {
                broken.add(path + ":" + (MOST_LINES + 1) + ": " + lines + " lines, more than " + MOST_LINES
                        + "; split it by subject");
            }
        });
        return broken;
    }

    static List<String> testsThatAreNoSentences(Map<String, String> sources) throws IOException {
        List<String> broken = new ArrayList<>();
        JavaSources java = JavaSources.of(sources);
        for (CompilationUnitTree unit : java.units()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void none) {
                    String name = method.getName().toString();
                    boolean test = method.getModifiers().getAnnotations().stream()
                            .anyMatch(annotation -> TESTS.contains(simpleName(annotation)));
                    if (test && !name.equals(name.toLowerCase(Locale.ROOT))) {
                        broken.add(place(java.positions(), unit, method) + "the test " + name
                                + " is not named as a sentence_with_underscores");
                    }
                    return super.visitMethod(method, none);
                }
            }.scan(unit, null);
        }
        return broken;
    }

    static List<String> assertionsOfOtherLibraries(Map<String, String> sources) throws IOException {
        List<String> broken = new ArrayList<>();
        JavaSources java = JavaSources.of(sources);
        for (CompilationUnitTree unit : java.units()) {
            for (ImportTree one : unit.getImports()) {
                String name = one.getQualifiedIdentifier().toString();
                if (FOREIGN_ASSERTIONS.matcher(name).matches()) {
                    broken.add(place(java.positions(), unit, one) + name + ": assertions are AssertJ's");
                }
            }
        }
        return broken;
    }

    /** A class is imported, unless another of its simple name is meant in the same file. */
    static List<String> qualifiedNames(Map<String, String> sources) throws IOException {
        JavaSources java = JavaSources.of(sources);
        List<CompilationUnitTree> units = new ArrayList<>();
        Map<String, Set<String>> classesOfPackage = new HashMap<>();
        for (CompilationUnitTree unit : java.units()) {
            units.add(unit);
            Set<String> classes = classesOfPackage.computeIfAbsent(packageOf(unit), name -> new HashSet<>());
            unit.getTypeDecls().stream()
                    .filter(ClassTree.class::isInstance)
                    .forEach(type ->
                            classes.add(((ClassTree) type).getSimpleName().toString()));
        }
        List<String> broken = new ArrayList<>();
        for (CompilationUnitTree unit : units) {
            Map<String, String> meant = meant(unit, classesOfPackage.get(packageOf(unit)));
            for (Tree type : unit.getTypeDecls()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMemberSelect(MemberSelectTree select, Void none) {
                        if (!isQualified(select)) {
                            return super.visitMemberSelect(select, none);
                        }
                        String name = select.toString();
                        String simple = select.getIdentifier().toString();
                        if (meant.getOrDefault(simple, ofJavaLang(simple, name)).equals(name)) {
                            broken.add(
                                    place(java.positions(), unit, select) + name + " is written out; import " + simple);
                        }
                        return null;
                    }
                }.scan(type, null);
            }
        }
        return broken;
    }

    /** The classes that a simple name means in a file: its own nested ones before the imported and its package's. */
    private static Map<String, String> meant(CompilationUnitTree unit, Set<String> neighbours) {
        Map<String, String> meant = new HashMap<>();
        neighbours.forEach(simple -> meant.put(simple, packageOf(unit) + "." + simple));
        for (ImportTree one : unit.getImports()) {
            String name = one.getQualifiedIdentifier().toString();
            meant.put(name.substring(name.lastIndexOf('.') + 1), name);
        }
        for (Tree type : unit.getTypeDecls()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitClass(ClassTree inner, Void none) {
                    if (inner != type) {
                        String simple = inner.getSimpleName().toString();
                        meant.put(simple, "nested " + simple);
                    }
                    return super.visitClass(inner, none);
                }
            }.scan(type, null);
        }
        return meant;
    }

    /** Variables hold no classes, so a name that begins small and goes on with a class begins with a package. */
    private static boolean isQualified(MemberSelectTree select) {
        ExpressionTree before = select.getExpression();
        String packages = before.toString();
        String simple = select.getIdentifier().toString();
        return CLASS.matcher(simple).matches()
                && isName(before)
                && PACKAGES.matcher(packages).matches()
                && !packages.matches("(?:this|super)(?:\\..*)?")
                && (packages.contains(".") || !simple.equals(simple.toUpperCase(Locale.ROOT)));
    }

    private static boolean isName(ExpressionTree tree) {
        return tree instanceof IdentifierTree
                || tree instanceof MemberSelectTree select && isName(select.getExpression());
    }

    private static String ofJavaLang(String simple, String otherwise) {
        try {
            return Class.forName("java.lang." + simple).getName();
        } catch (ClassNotFoundException noneOfThisName) {
            return otherwise;
        }
    }

    private static String packageOf(CompilationUnitTree unit) {
        return String.valueOf(unit.getPackageName());
    }

    private static String simpleName(AnnotationTree annotation) {
        String type = annotation.getAnnotationType().toString();
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static String place(SourcePositions positions, CompilationUnitTree unit, Tree tree) {
        long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
        return JavaSources.path(unit) + ":" + line + ": ";
    }
}
