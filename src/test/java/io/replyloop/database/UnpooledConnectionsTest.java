package io.replyloop.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@QuarkusTest
class UnpooledConnectionsTest {
    @Inject
    UnpooledConnections connections;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void they_have_the_additional_properties_of_the_pool_and_a_name_of_their_own() throws SQLException {
        try (Connection connection = connections.open(Map.of("ApplicationName", "replyloop-test"))) {
            assertThat(one(connection, "show application_name")).isEqualTo("replyloop-test");
            // Those of application.properties, which the driver keeps to itself.
            assertThat(connection.unwrap(PGConnection.class).getPrepareThreshold())
                    .isEqualTo(1);
        }
    }

    @Test
    void they_have_what_the_address_says_and_begin_with_the_pools_first_statement() throws SQLException {
        try (AgroalDataSource pool = pool(settings -> settings.jdbcUrl(
                                url + "?ApplicationName=from-the-address&options=-c%20geqo%3Doff&socketTimeout=7")
                        .initialSql("set work_mem = '777kB'")
                        .jdbcProperty("currentSchema", "pg_catalog")
                        .principal(new NamePrincipal(user))
                        .credential(new SimplePassword(password)));
                Connection connection = new UnpooledConnections(pool).open(Map.of("ApplicationName", "own"))) {
            assertThat(one(connection, "show geqo")).isEqualTo("off");
            assertThat(one(connection, "show work_mem")).isEqualTo("777kB");
            assertThat(one(connection, "show search_path")).isEqualTo("pg_catalog");
            assertThat(one(connection, "show application_name")).isEqualTo("own");
            assertThat(connection.getNetworkTimeout()).isEqualTo(7_000);
        }
    }

    @Test
    void their_account_is_the_one_that_the_credentials_provider_gives_at_that_moment() throws SQLException {
        Properties account = new Properties();
        try (AgroalDataSource pool = pool(settings -> settings.jdbcUrl(url)
                .credential("whoever")
                .addSecurityProvider(asked -> asked.equals("whoever") ? account : null))) {
            UnpooledConnections beside = new UnpooledConnections(pool);
            account.setProperty("user", "nobody-of-this-name");
            account.setProperty("password", "wrong");
            assertThatThrownBy(() -> beside.open(Map.of())).isInstanceOf(SQLException.class);

            account.setProperty("user", user);
            account.setProperty("password", password);
            try (Connection connection = beside.open(Map.of())) {
                assertThat(one(connection, "select current_user")).isEqualTo(user);
            }
        }
    }

    @Test
    void another_process_gets_the_same_in_one_address() throws SQLException {
        try (AgroalDataSource pool = pool(settings -> settings.jdbcUrl(url + "?ApplicationName=from-the-address")
                .jdbcProperty("options", "-c geqo=off -c work_mem=777kB")
                .principal(new NamePrincipal(user))
                .credential(new SimplePassword(password)))) {
            UnpooledConnections.Access access = new UnpooledConnections(pool).access();

            assertThat(access.url()).doesNotContain("password");
            try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password())) {
                assertThat(one(connection, "show work_mem")).isEqualTo("777kB");
                assertThat(one(connection, "show application_name")).isEqualTo("from-the-address");
            }
        }
    }

    @Test
    void what_is_no_address_of_postgresql_is_refused_with_an_example() {
        assertThatThrownBy(() -> UnpooledConnections.open("jdbc:mysql://db/x", new Properties(), Map.of()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("jdbc:postgresql://db.example.com/replyloop");
    }

    private static AgroalDataSource pool(UnaryOperator<AgroalConnectionFactoryConfigurationSupplier> settings)
            throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(1).connectionFactoryConfiguration(settings::apply)));
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
