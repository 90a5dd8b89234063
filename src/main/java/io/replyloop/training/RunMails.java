package io.replyloop.training;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.mail.Letter;
import io.replyloop.mail.MailKind;
import io.replyloop.mail.MailTexts;
import io.replyloop.mail.Mails;
import io.replyloop.mail.NewMail;
import io.replyloop.mail.Recipient;
import io.replyloop.mail.ServerLinks;
import io.replyloop.platform.DatabaseAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Tells admins who want that how a run has ended. A run ends in a process of its own, or on another machine, which sends no
 * mails; so this looks for those that have ended, and the outbox knows which have been told of.
 */
@ApplicationScoped
public class RunMails {
    private static final Logger LOG = Logger.getLogger(RunMails.class);
    private static final Duration NEWS = Duration.ofDays(1);
    private static final List<String> FIGURES = List.of("acceptAt1", "acceptAt3");

    private final Session database;
    private final Mails mails;
    private final MailTexts texts;
    private final ServerLinks links;

    RunMails(Session database, Mails mails, MailTexts texts, ServerLinks links) {
        this.database = database;
        this.mails = mails;
        this.texts = texts;
        this.links = links;
    }

    boolean areOffered() {
        return mails.areOn();
    }

    @Transactional
    public boolean areWantedBy(UUID account) {
        return !database.createNativeQuery("select 1 from run_mail_wish where account_id = :account", Integer.class)
                .setParameter("account", account)
                .getResultList()
                .isEmpty();
    }

    /** @param language as browsers name it */
    @Transactional
    public void change(UUID account, boolean wanted, String language) {
        if (!wanted) {
            database.createNativeMutationQuery("delete from run_mail_wish where account_id = :account")
                    .setParameter("account", account)
                    .executeUpdate();
            return;
        }
        database.createNativeMutationQuery("insert into run_mail_wish (account_id, language, since)"
                        + " values (:account, :language, :now) on conflict (account_id) do update set"
                        + " language = excluded.language")
                .setParameter("account", account)
                .setParameter("language", texts.in(language).language())
                .setParameter("now", Instant.now())
                .executeUpdate();
    }

    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (mails.areOn()) {
            DatabaseAway.orLater(this::tell, LOG, "admins are told of runs later");
        }
    }

    @Transactional
    void tell() {
        List<Tuple> wishes = database.createNativeQuery(
                        "select account_id, language, since from run_mail_wish order by account_id", Tuple.class)
                .getResultList();
        if (wishes.isEmpty()) {
            return;
        }
        List<TrainingRun> ended = TrainingRun.list(
                "finishedAt > ?1 and state in ?2 order by finishedAt",
                Instant.now().minus(NEWS),
                List.of(RunState.SUCCEEDED, RunState.FAILED));
        for (TrainingRun run : ended) {
            wishes.stream()
                    .filter(wish -> run.finishedAt.isAfter(wish.get("since", Instant.class)))
                    .forEach(wish -> tell(run, wish.get("account_id", UUID.class), wish.get("language", String.class)));
        }
    }

    private void tell(TrainingRun run, UUID account, String language) {
        String once = "run:" + run.id + ":" + account;
        if (mails.isWritten(once)) {
            return;
        }
        // Whoever is no admin any more is not told what only admins see.
        Optional<Recipient> admin = mails.recipient(account).filter(Recipient::isAdmin);
        admin.ifPresent(to -> {
            Letter letter = letter(run, to.name(), texts.in(language));
            mails.queue(NewMail.ofTeam(MailKind.RUN_REPORT, once, to.address(), letter, account));
        });
    }

    private Letter letter(TrainingRun run, String name, MailTexts.Words words) {
        String how = run.state == RunState.FAILED ? "failed" : "succeeded";
        Map<String, Object> values = Map.of("number", run.number, "name", name);
        Letter.Writer letter = words.letter(words.of("run.subject." + how, values));
        letter.paragraph(words.of("run.text." + how, values));
        if (run.state == RunState.FAILED) {
            letter.paragraph(String.valueOf(run.error));
        } else {
            String verdict = run.metrics
                    .at("/verdictText/" + words.language())
                    .asText(run.metrics.at("/verdictText/en").asText());
            if (!verdict.isBlank()) {
                letter.paragraph(verdict);
            }
            FIGURES.forEach(figure -> figure(run, figure, words).ifPresent(letter::paragraph));
        }
        return letter.link(words.of("run.link"), links.to("/admin/#/training")).end(words.of("run.footer"));
    }

    private static Optional<String> figure(TrainingRun run, String figure, MailTexts.Words words) {
        if (!run.metrics.at("/champion/" + figure).isNumber()
                || !run.metrics.at("/challenger/" + figure).isNumber()) {
            return Optional.empty();
        }
        return Optional.of(words.of(
                "run.figure",
                Map.of(
                        "name", words.of("run." + figure),
                        "before", percent(run, "champion", figure),
                        "after", percent(run, "challenger", figure))));
    }

    private static String percent(TrainingRun run, String whose, String figure) {
        return String.format(
                Locale.ROOT,
                "%.1f %%",
                100 * run.metrics.at("/" + whose + "/" + figure).asDouble());
    }
}
