package io.replyloop.reports;

import io.replyloop.knowledge.ReplyReader;
import io.replyloop.knowledge.ReplyReader.Version;
import io.replyloop.knowledge.ReplyReader.Words;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import io.replyloop.retrieval.FirstDay;
import io.replyloop.suggestion.CandidateReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Answered questions that a ranker which has learned nothing has not ranked yet, and where the right reply stood. */
@ApplicationScoped
@Transactional
class FirstDayStore {
    private final Session database;

    FirstDayStore(Session database) {
        this.database = database;
    }

    /** @param right what the agent used */
    record Waiting(UUID impression, UUID right) {}

    /** A question as it was on the first day: the same replies, without what decisions have taught about them. */
    record Question(String query, String question, List<Candidate> candidates) {}

    /** The newest answers first, but these. */
    List<Waiting> waiting(Instant since, int most, Collection<UUID> but) {
        return database
                .createNativeQuery("""
                        select d.impression_id as impression, d.reply_id as reply from decision d
                        where d.outcome <> 'rejected' and d.reply_id is not null and d.accepted is distinct from false
                            and d.created_at >= :since and not (d.impression_id = any(:but))
                            and not exists (select 1 from first_day_rank f where f.impression_id = d.impression_id)
                        order by d.created_at desc limit :most""", Tuple.class)
                .setParameter("since", since)
                .setParameter("but", but.toArray(UUID[]::new))
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(row -> new Waiting(row.get("impression", UUID.class), row.get("reply", UUID.class)))
                .toList();
    }

    /** Empty where the conversation has been erased meanwhile. */
    Optional<Question> question(UUID impression) {
        List<Tuple> found = database.createNativeQuery(
                        "select query, question from impression where id = :id", Tuple.class)
                .setParameter("id", impression)
                .getResultList();
        List<Candidate> candidates = database.doReturningWork(connection -> candidates(connection, impression));
        return found.stream()
                .findFirst()
                .map(row ->
                        new Question(row.get("query", String.class), row.get("question", String.class), candidates));
    }

    private static List<Candidate> candidates(Connection connection, UUID impression) throws SQLException {
        List<CandidateReader.Candidate> stored = CandidateReader.of(connection, List.of(impression), Integer.MAX_VALUE);
        List<Evidence> evidence = FirstDay.of(
                stored.stream().map(CandidateReader.Candidate::evidence).toList());
        Map<Version, Words> words = ReplyReader.words(
                connection,
                stored.stream()
                        .map(one -> new Version(one.reply(), one.version()))
                        .toList());
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            CandidateReader.Candidate one = stored.get(i);
            Words said = words.get(new Version(one.reply(), one.version()));
            if (said != null) {
                candidates.add(new Candidate(
                        one.reply(), one.version(), said.title(), said.text(), said.category(), evidence.get(i)));
            }
        }
        return candidates;
    }

    /** Nothing where the conversation has been erased meanwhile, or another node was quicker. */
    void keep(UUID impression, int place, int shown) {
        database.createNativeMutationQuery("""
                        insert into first_day_rank (impression_id, place, shown)
                        select id, :place, :shown from impression where id = :impression
                        on conflict do nothing""")
                .setParameter("impression", impression)
                .setParameter("place", place)
                .setParameter("shown", shown)
                .executeUpdate();
    }
}
