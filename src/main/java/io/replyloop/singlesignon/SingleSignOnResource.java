package io.replyloop.singlesignon;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.oidc.AuthorizationCodeFlow;
import io.quarkus.oidc.UserInfo;
import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.replyloop.identity.AddressLimit;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.platform.PublicAddress;
import io.replyloop.platform.ReadableName;
import io.replyloop.signin.OtherSignIn;
import io.replyloop.signin.PasswordRule;
import io.replyloop.signin.PasswordsFor;
import io.replyloop.signin.SessionDevice;
import io.replyloop.signin.SignInConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The way in through the identity provider. A browser comes to {@code start}, goes on to {@code enter}, from there to the
 * provider and back, and ends on the page that it wanted, signed in or with the reason why not.
 */
@Path(SingleSignOnResource.PATH)
@Tag(name = "Session")
public class SingleSignOnResource implements LimitedBeforeBody {
    static final String PATH = "/api/session/single-sign-on";
    static final String ENTRANCE = PATH + "/enter";
    static final String REFUSED = PATH + "/refused";

    private static final Logger LOG = Logger.getLogger(SingleSignOnResource.class);
    private static final String RETURN = "replyloop_return";
    private static final String LIBRARYS_SESSION = "q_session";
    private static final String USUAL_PAGE = "/console/";
    private static final String PLAIN = "([A-Za-z0-9_~./?=&-]|%[0-9A-Fa-f]{2}){0,400}";

    /** Without dot segments, which lead elsewhere. */
    private static final Pattern OWN_PAGE =
            Pattern.compile("(?!.*(/|%2[Ff])(\\.|%2[Ee]){2})/(console|admin)/" + PLAIN + "(#" + PLAIN + ")?");

    private static final int MINUTES_TO_SIGN_IN = 30;

    /** Of which one sign-in consists: an office comes from one address. */
    private static final int REQUESTS = 4;

    private final Providers providers;
    private final PasswordRule passwords;
    private final Entrance entrance;
    private final PublicAddress address;
    private final ObjectMapper json;
    private final SecurityIdentity identity;
    private final AddressLimit limit;

    SingleSignOnResource(
            Providers providers,
            PasswordRule passwords,
            Entrance entrance,
            PublicAddress address,
            ObjectMapper json,
            SecurityIdentity identity,
            SignInConfig config) {
        this.providers = providers;
        this.passwords = passwords;
        this.entrance = entrance;
        this.address = address;
        this.json = json;
        this.identity = identity;
        this.limit = new AddressLimit(REQUESTS * config.perMinute(), REQUESTS * config.burst());
    }

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @Schema(name = "WaysToSignIn")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ways(
            @Schema(description = "What the provider is called; absent without one", examples = "Example Ltd")
            String provider,

            @Schema(description = "Who may sign in with a password", examples = "everybody", required = true)
            PasswordsFor passwordsFor) {}

    @GET
    @PermitAll
    @Operation(operationId = "listWaysToSignIn", summary = "How the team signs in")
    public Ways ways() {
        return new Ways(
                providers.current().map(provider -> provider.settings().name()).orElse(null), passwords.allowed());
    }

    @GET
    @Path("/start")
    @PermitAll
    @Operation(hidden = true)
    public Response start(
            @Parameter(description = "The page to return to, of the console or the administration", example = "/admin/")
                    @QueryParam("to")
                    String to,
            @Context HttpServerRequest http) {
        if (providers.current().isEmpty()) {
            return back(page(to), Refusal.FAILED);
        }
        return Response.seeOther(URI.create(ENTRANCE))
                .cookie(returning(page(to), MINUTES_TO_SIGN_IN * 60, http))
                .build();
    }

    @GET
    @Path("/enter")
    @Authenticated
    @AuthorizationCodeFlow
    @Operation(hidden = true)
    public Response enter(@CookieParam(RETURN) String to, @Context HttpServerRequest http) {
        forgetLibrarysSession(http);
        try {
            Provider provider = providers.current().orElseThrow(() -> new NotLetIn(Refusal.FAILED));
            OtherSignIn.Opened opened = entrance.enter(
                    person(provider), provider.settings(), SessionDevice.of(http.getHeader("User-Agent")));
            return Response.seeOther(URI.create(page(to)))
                    .cookie(opened.cookies())
                    .cookie(returning("", 0, http))
                    .build();
        } catch (NotLetIn refused) {
            LOG.infof("Somebody whom the identity provider has let through does not come in: %s", refused.getMessage());
            return back(page(to), refused.refusal());
        }
    }

    /** It is empty ({@link NothingKept}); from here on there is a session of our own. */
    private static void forgetLibrarysSession(HttpServerRequest http) {
        List.copyOf(http.cookies()).stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(LIBRARYS_SESSION))
                .forEach(http.response()::removeCookies);
    }

    private Person person(Provider provider) {
        String raw = ((JsonWebToken) identity.getPrincipal()).getRawToken();
        UserInfo info = identity.getAttribute("userinfo");
        try {
            // Verified by now.
            JsonNode claims = json.readTree(
                    new String(Base64.getUrlDecoder().decode(raw.split("\\.")[1]), StandardCharsets.UTF_8));
            JsonNode more = json.readTree(info == null ? "{}" : info.getUserInfoString());
            Person person = Person.of(claims, more, provider.settings().groupsClaim(), raw);
            if (!person.issuer().equals(provider.issuer())) {
                // Another one has been named since it vouched for them.
                throw new NotLetIn(Refusal.FAILED);
            }
            return person;
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("The provider's claims are not JSON", notJson);
        }
    }

    @GET
    @Path("/refused")
    @PermitAll
    @Operation(hidden = true)
    public Response refused(
            @CookieParam(RETURN) String to,
            @Parameter(description = "What the provider says", example = "access_denied") @QueryParam("error")
                    String error) {
        // Whoever writes the address writes this, too: it must not begin a line of the log.
        LOG.infof("The identity provider lets somebody not in: %.100s", error == null ? null : ReadableName.of(error));
        return back(page(to), Refusal.REFUSED_THERE);
    }

    /** Whoever comes without having been at the provider is sent there. */
    @ServerExceptionMapper
    public Uni<Response> toTheProvider(UnauthorizedException unknown, RoutingContext context) {
        HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
        return authenticator
                .getChallenge(context)
                .map(challenge -> challenge == null || challenge.status != 302
                        ? back(USUAL_PAGE, Refusal.FAILED)
                        : redirect(challenge))
                .onFailure()
                .recoverWithItem(failure -> failed(failure, context));
    }

    /** What a browser has kept of the library's says nothing, as if nobody had come yet; the library has ended it by now. */
    @ServerExceptionMapper
    public Uni<Response> toTheProvider(AuthenticationFailedException failure, RoutingContext context) {
        return context.request().cookies().stream()
                        .anyMatch(cookie -> cookie.getName().startsWith(LIBRARYS_SESSION))
                ? toTheProvider(new UnauthorizedException(failure), context)
                : Uni.createFrom().item(failed(failure, context));
    }

    private static Response redirect(ChallengeData challenge) {
        Response.ResponseBuilder answer = Response.status(challenge.status);
        challenge.getHeaders().forEach((name, value) -> answer.header(name.toString(), value));
        return answer.build();
    }

    @ServerExceptionMapper
    public Response goesOn(AuthenticationRedirectException redirect) {
        return Response.status(redirect.getCode())
                .header("Location", redirect.getRedirectUri())
                .build();
    }

    /** The provider is away, or something that it said is wrong: a person sees a page that says so, and can try again. */
    @ServerExceptionMapper
    public Response failed(Throwable failure, RoutingContext context) {
        boolean asksForWays = context.normalizedPath().equals(PATH);
        if (failure instanceof Problem problem && (asksForWays || problem.code().status() < 500)) {
            // Too many requests are no failure of ours, and must not fill the log.
            return asksForWays ? new ProblemMappers().problem(problem) : back(wanted(context), Refusal.FAILED);
        }
        if (asksForWays) {
            return new ProblemMappers().unexpected(failure);
        }
        // Of those, the library has logged the reason; with a stack, made-up codes would fill the log.
        if (!(failure instanceof AuthenticationCompletionException)) {
            ProblemMappers.logged(failure);
        }
        return back(wanted(context), Refusal.FAILED);
    }

    private static String wanted(RoutingContext context) {
        var cookie = context.request().getCookie(RETURN);
        return page(cookie == null ? null : cookie.getValue());
    }

    private static Response back(String page, Refusal why) {
        int fragment = page.indexOf('#');
        String path = fragment < 0 ? page : page.substring(0, fragment);
        return Response.seeOther(
                        URI.create(path + (path.contains("?") ? "&" : "?") + "single-sign-on=" + why.wireName()))
                .build();
    }

    /** Only pages of our own, whoever has made the link. */
    private static String page(String to) {
        return to != null && OWN_PAGE.matcher(to).matches() ? to : USUAL_PAGE;
    }

    private NewCookie returning(String page, int maxAge, HttpServerRequest http) {
        return new NewCookie.Builder(RETURN)
                .value(page)
                .path(PATH)
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(address.isSecure(http))
                // It has to come along when the provider sends the browser back.
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}
