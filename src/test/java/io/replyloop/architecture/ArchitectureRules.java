package io.replyloop.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.oidc.AuthorizationCodeFlow;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Set;

/** The rules of the house, over any base package, so that each can also be shown to fail on a bad example. */
final class ArchitectureRules {
    private ArchitectureRules() {}

    static ArchRule callsOnlyWhatItMay(String base, String name, Map<String, Set<String>> mayCall) {
        DescribedPredicate<JavaClass> forbidden = describe("in a package that " + name + " may not call", called -> {
            String other = packageOf(base, called);
            return other != null
                    && !other.equals(name)
                    && !other.equals(Packages.PLATFORM)
                    && !mayCall.getOrDefault(name, Set.of()).contains(other);
        });
        return noClasses()
                .that()
                .resideInAPackage(base + "." + name)
                .should()
                .dependOnClassesThat(forbidden)
                .allowEmptyShould(false);
    }

    static ArchRule noCycles(String base) {
        return slices().matching(base + ".(**)").should().beFreeOfCycles();
    }

    static ArchRule nativeEngineOnlyInBert(String base) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(base + ".bert..", base + ".lab.bench")
                .should()
                .dependOnClassesThat(resideInAPackage("ai.djl.."))
                .allowEmptyShould(true);
    }

    static ArchRule bertKnowsNoFramework(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + ".bert..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "java.sql..", "org.hibernate..")
                .allowEmptyShould(true);
    }

    static ArchRule endpointsShowNoEntities(String base) {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage(base + "..")
                .should(notMentionEntities())
                .allowEmptyShould(true);
    }

    static ArchRule recordsHoldNoEntities(String base) {
        return noClasses()
                .that()
                .areAssignableTo(Record.class)
                .and()
                .resideInAPackage(base + "..")
                .should()
                .dependOnClassesThat()
                .areAnnotatedWith(Entity.class)
                .allowEmptyShould(true);
    }

    static ArchRule transactionsBeginInServices(String base) {
        return classes()
                .that(areTransactional())
                .and()
                .resideInAPackage(base + "..")
                .should()
                .beAnnotatedWith(ApplicationScoped.class)
                .andShould()
                .notBeAnnotatedWith(Path.class)
                .andShould()
                .notBeAnnotatedWith(WebSocket.class)
                .allowEmptyShould(true);
    }

    /** @param named those that have a reason to, as what they do between two transactions */
    static ArchRule transactionsByHandAreNamed(String base, Set<String> named) {
        return noClasses()
                .that(describe(
                        "are not named", type -> !named.contains(outermost(type).getSimpleName())))
                .and()
                .resideInAPackage(base + "..")
                .should()
                .dependOnClassesThat(BEGIN_TRANSACTIONS)
                .allowEmptyShould(true);
    }

    /** Inference and training take long, and a transaction holds a connection and locks. */
    static ArchRule transactionsWaitForNoNetwork(String base) {
        return noClasses()
                .that(areTransactional())
                .and()
                .resideInAPackage(base + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(base + ".bert..").or(simpleName("Ranker")))
                .allowEmptyShould(true);
    }

    static final DescribedPredicate<JavaClass> BEGIN_TRANSACTIONS = describe(
            "begin transactions",
            type -> type.isAssignableTo(QuarkusTransaction.class)
                    || type.isAssignableTo(UserTransaction.class)
                    || type.isAssignableTo(TransactionManager.class));

    private static DescribedPredicate<JavaClass> areTransactional() {
        return describe(
                "are @Transactional",
                type -> type.isAnnotatedWith(Transactional.class)
                        || type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Transactional.class)));
    }

    static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
    }

    static ArchRule endpointsSayWhoMayCall(String base, Set<String> forEverybody) {
        DescribedPredicate<JavaMethod> endpoints = describe(
                "can be called from outside",
                method -> method.isMetaAnnotatedWith(HttpMethod.class) || method.isAnnotatedWith(OnOpen.class));
        return methods()
                .that(endpoints)
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage(base + "..")
                .should(new ArchCondition<>("name a role, or stand in the list of those for everybody") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean own = method.isAnnotatedWith(RolesAllowed.class) || isForEverybody(method);
                        boolean role = own
                                ? method.isAnnotatedWith(RolesAllowed.class)
                                : method.getOwner().isAnnotatedWith(RolesAllowed.class);
                        boolean everybody =
                                own ? isForEverybody(method) : method.getOwner().isAnnotatedWith(PermitAll.class);
                        String name = method.getOwner().getSimpleName() + "." + method.getName();
                        if (!role && !(everybody && forEverybody.contains(name))) {
                            events.add(SimpleConditionEvent.violated(method, name + " does not say who may call it"));
                        }
                    }
                })
                .allowEmptyShould(true);
    }

    /** Whoever an identity provider vouches for may be anybody. */
    private static boolean isForEverybody(JavaMethod method) {
        return method.isAnnotatedWith(PermitAll.class) || method.isAnnotatedWith(AuthorizationCodeFlow.class);
    }

    /** Elsewhere one would be opened with other settings than the pool's. */
    static ArchRule connectionsAreOpenedInDatabase(String base) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(base + ".database")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(DriverManager.class)
                .allowEmptyShould(true);
    }

    static String packageOf(String base, JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(base + ".")) {
            return null;
        }
        return name.substring(base.length() + 1);
    }

    private static ArchCondition<JavaMethod> notMentionEntities() {
        return new ArchCondition<>("not mention entities in their signature") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean mentioned = method.getReturnType().getAllInvolvedRawTypes().stream()
                                .anyMatch(type -> type.isAnnotatedWith(Entity.class))
                        || method.getParameterTypes().stream()
                                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                                .anyMatch(type -> type.isAnnotatedWith(Entity.class));
                if (mentioned) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " mentions an entity"));
                }
            }
        };
    }
}
