package io.replyloop.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.AgroalSecurityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * Connections outside the pool, for purposes that must not take one from it. They use all settings of the pool: options
 * in the address, additional JDBC properties, credentials from any source, and the initial statement. If they did not,
 * nobody would notice that one of the two cannot connect (TLS, a certificate, a changing password).
 */
@ApplicationScoped
public class UnpooledConnections {
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final Set<String> NOT_IN_AN_ADDRESS = Set.of(USER, PASSWORD, "PGHOST", "PGPORT", "PGDBNAME");

    private final AgroalDataSource pool;

    UnpooledConnections(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** How another process connects to the database; user and password are null if it authenticates in another way. */
    public record Access(String url, String user, String password) {
        @Override
        public String toString() {
            return "the database of user " + user;
        }
    }

    /** @param own overrides, such as a name or a timeout, that take precedence over the address */
    public Connection open(Map<String, String> own) throws SQLException {
        AgroalConnectionFactoryConfiguration settings = settings();
        Connection connection = open(settings.jdbcUrl(), properties(settings), own);
        String first = settings.initialSql();
        if (first != null && !first.isBlank()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(first);
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
        }
        return connection;
    }

    /** The same for callers without a pool. */
    public static Connection open(String url, Properties settings, Map<String, String> own) throws SQLException {
        Properties all = withOptionsOf(url, settings);
        all.putAll(own);
        return DriverManager.getConnection(withoutOptions(url), all);
    }

    /** All current settings as options of one address; the credentials may change later. */
    public Access access() throws SQLException {
        AgroalConnectionFactoryConfiguration settings = settings();
        Properties all = withOptionsOf(settings.jdbcUrl(), properties(settings));
        String options = new TreeSet<>(all.stringPropertyNames())
                .stream()
                        .filter(name -> !NOT_IN_AN_ADDRESS.contains(name))
                        .map(name -> name + '=' + URLEncoder.encode(all.getProperty(name), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return new Access(
                withoutOptions(settings.jdbcUrl()) + '?' + options, all.getProperty(USER), all.getProperty(PASSWORD));
    }

    private AgroalConnectionFactoryConfiguration settings() {
        return pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
    }

    private static Properties properties(AgroalConnectionFactoryConfiguration settings) {
        Properties all = new Properties();
        all.putAll(settings.jdbcProperties());
        prove(settings, settings.principal(), all);
        settings.credentials().forEach(credential -> prove(settings, credential, all));
        return all;
    }

    private static void prove(AgroalConnectionFactoryConfiguration settings, Object who, Properties all) {
        if (who == null) {
            return;
        }
        for (AgroalSecurityProvider provider : settings.securityProviders()) {
            Properties proof = provider.getSecurityProperties(who);
            if (proof != null) {
                all.putAll(proof);
                return;
            }
        }
    }

    /** The driver prefers the options in an address to properties, so {@code own} could not override them otherwise. */
    private static Properties withOptionsOf(String url, Properties settings) throws SQLException {
        Properties parsed = Driver.parseURL(url, settings);
        if (parsed == null) {
            throw new SQLException("The address of the database is none of PostgreSQL's, such as"
                    + " jdbc:postgresql://db.example.com/replyloop");
        }
        Properties all = new Properties();
        parsed.stringPropertyNames().forEach(name -> all.setProperty(name, parsed.getProperty(name)));
        return all;
    }

    private static String withoutOptions(String url) {
        int options = url.indexOf('?');
        return options < 0 ? url : url.substring(0, options);
    }
}
