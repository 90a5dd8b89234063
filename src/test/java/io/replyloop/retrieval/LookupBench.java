package io.replyloop.retrieval;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Encoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.lab.corpus.CachedVectors;
import io.replyloop.platform.JsonLines;
import io.replyloop.platform.Script;
import io.replyloop.retrieval.ReplyVector.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Measures the limits of {@link Lookup}: what is looked for and there, and what is not. The limits are chosen on the demo
 * shop and STAR's searches; the bank and the telephone company only confirm them. Arguments: the folder of the sources,
 * that of the public data, and that of the encoder.
 */
final class LookupBench {
    private static final int MOST = 8;
    private static final double[] LIMITS = {0.16, 0.2, 0.22, 0.24, 0.26, 0.3, 0.34, 0.4};
    private static final double[] QUESTION_LIMITS = {0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8};
    private static final double[] LANGUAGES = {0, 0.05, 0.1, 0.15, 0.2, 0.3};

    private record Search(String text, UUID right) {}

    private record Base(Map<UUID, Published> replies, ReplyIndex index, Map<String, UUID> byLabel) {}

    private final CachedVectors vectors;

    private LookupBench(Encoder encoder) {
        vectors = new CachedVectors(encoder::embed);
    }

    public static void main(String... arguments) throws IOException {
        Path sources = Path.of(arguments[0]);
        Path data = Path.of(arguments[1]);
        CrossEncoderOptions usual = CrossEncoderOptions.defaults();
        CrossEncoderOptions options = new CrossEncoderOptions(
                Encoder.whereSomebodyWaits(Precision.AUTO, usual.device()),
                usual.device(),
                usual.maxLength(),
                usual.threads());
        try (Encoder encoder = Encoder.open(Path.of(arguments[2]), options)) {
            new LookupBench(encoder).run(sources, data);
        }
    }

    private void run(Path sources, Path data) throws IOException {
        Path shopFile = sources.resolve("src/main/resources/demo/knowledge.jsonl");
        Path bankFile = sources.resolve("src/bench/bank/knowledge.jsonl");
        Path phoneFile = sources.resolve("src/bench/telecom-zh/knowledge.jsonl");
        Base shop = base(lines(shopFile));
        Base star = base(starReplies(data));
        Base bank = base(lines(bankFile));
        Base phone = base(lines(phoneFile));
        List<Search> shopQuestions = new ArrayList<>();
        for (JsonNode line : lines(shopFile)) {
            UUID right = shop.byLabel().get(line.path("label").asText());
            line.path("questions")
                    .forEach(
                            one -> shopQuestions.add(new Search(one.path("text").asText(one.asText()), right)));
        }
        List<Search> bankQuestions = labelled(bank, data.resolve("banking77/test.jsonl.gz"));
        List<Search> phoneQuestions = labelled(phone, sources.resolve("src/bench/telecom-zh/questions.jsonl"));
        List<String> noIntent = new ArrayList<>();
        for (String part : List.of("train", "dev")) {
            for (JsonNode line : lines(data.resolve("clinc150/" + part + ".jsonl.gz"))) {
                if (line.toString().contains("\"oos\"")) {
                    noIntent.add(line.path("text").asText(line.path("question").asText()));
                }
            }
        }
        List<String> tourists = new ArrayList<>();
        for (JsonNode dialogue : lines(data.resolve("crosswoz/dialogues.jsonl.gz"))) {
            tourists.add(dialogue.path("turns").path(0).path("text").asText());
        }

        System.out.println("== chosen on these");
        Predicate<Search> chinese = search -> Script.of(search.text()) == Script.CHINESE;
        right(
                "shop, English questions",
                shop,
                shopQuestions.stream().filter(chinese.negate()).toList());
        right(
                "shop, Chinese questions",
                shop,
                shopQuestions.stream().filter(chinese).toList());
        right("shop, English, three words of a question", shop, brief(shopQuestions, chinese.negate()));
        right("shop, Chinese, six characters of a question", shop, brief(shopQuestions, chinese));
        right("shop, English, words of a reply", shop, ofReplies(shop, Script.OTHER));
        right("shop, Chinese, characters of a reply", shop, ofReplies(shop, Script.CHINESE));
        right("STAR, searches of agents", star, starSearches(star, data));
        right("STAR, words of a reply", star, ofReplies(star, Script.OTHER));
        wrong("shop: no intent", shop, noIntent);
        wrong("shop: no intent, three words", shop, SearchTexts.brief(noIntent));
        wrong("shop: Chinese tourists", shop, tourists);
        wrong("shop: Chinese tourists, six characters", shop, SearchTexts.brief(tourists));
        wrong("shop: letters", shop, SearchTexts.letters(true));
        wrong("shop: Chinese characters", shop, SearchTexts.letters(false));
        wrong("STAR: no intent", star, noIntent);
        wrong("STAR: no intent, three words", star, SearchTexts.brief(noIntent));
        wrong("STAR: letters", star, SearchTexts.letters(true));
        languages(shop, shopQuestions);

        System.out.println("== only confirmed by these");
        right("bank, questions", bank, bankQuestions);
        right("bank, three words of a question", bank, brief(bankQuestions, search -> true));
        right("bank, words of a reply", bank, ofReplies(bank, Script.OTHER));
        right("telephone, Chinese questions", phone, phoneQuestions);
        right("telephone, six characters of a question", phone, brief(phoneQuestions, search -> true));
        right("telephone, characters of a reply", phone, ofReplies(phone, Script.CHINESE));
        List<String> bankTexts = bankQuestions.stream().map(Search::text).toList();
        wrong("shop: questions to the bank", shop, bankTexts);
        wrong("bank: English questions to the shop", bank, texts(shopQuestions, chinese.negate()));
        wrong("bank: no intent", bank, noIntent);
        wrong("bank: no intent, three words", bank, SearchTexts.brief(noIntent));
        wrong("bank: letters", bank, SearchTexts.letters(true));
        wrong("telephone: Chinese questions to the shop", phone, texts(shopQuestions, chinese));
        wrong("telephone: Chinese tourists", phone, tourists);
        wrong("telephone: Chinese characters", phone, SearchTexts.letters(false));

        System.out.println("== with half of the questions answered");
        answered(shop, "shop", shopQuestions, noIntent);
        answered(bank, "bank", bankQuestions, noIntent);
        for (Base each : List.of(shop, star, bank, phone)) {
            each.index().close();
        }
    }

    private static List<String> texts(List<Search> searches, Predicate<Search> of) {
        return searches.stream().filter(of).map(Search::text).toList();
    }

    private Base base(List<JsonNode> lines) {
        Map<UUID, Published> replies = new LinkedHashMap<>();
        Map<String, UUID> byLabel = new HashMap<>();
        for (JsonNode line : lines) {
            String text = line.path("text").asText();
            String language = line.path("language").asText("en");
            UUID id = UUID.nameUUIDFromBytes((language + ReplyText.key(text)).getBytes(StandardCharsets.UTF_8));
            byLabel.put(line.path("label").asText(), id);
            byLabel.put(line.path("task").asText() + ' ' + line.path("label").asText(), id);
            String title = line.path("title").asText(line.path("label").asText().replace('_', ' '));
            replies.putIfAbsent(id, new Published(id, 1, title, text, id.toString(), language, null, replies.size()));
        }
        List<Published> all = List.copyOf(replies.values());
        List<float[]> read = ReplyVector.of(
                        vectors,
                        all.stream()
                                .map(reply -> new Written(reply.title(), reply.text()))
                                .toList(),
                        false)
                .join();
        ReplyIndex index = new ReplyIndex(2_000);
        for (int i = 0; i < all.size(); i++) {
            Published reply = all.get(i);
            index.put(new IndexedReply(reply.id(), reply.title(), reply.text(), reply.language(), read.get(i)));
        }
        index.refresh();
        return new Base(replies, index, byLabel);
    }

    private static List<JsonNode> starReplies(Path data) throws IOException {
        return lines(data.resolve("star/kb.jsonl.gz"));
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return JsonLines.list(file, line -> line);
    }

    private static List<Search> labelled(Base base, Path file) throws IOException {
        List<Search> searches = new ArrayList<>();
        for (JsonNode line : lines(file)) {
            UUID right = base.byLabel()
                    .get(line.path("intent").asText(line.path("reply").asText()));
            if (right != null) {
                searches.add(new Search(
                        line.path("text").asText(line.path("question").asText()), right));
            }
        }
        return SearchTexts.some(searches);
    }

    /** What an agent typed to search, and the reply of the list that they picked then. */
    private static List<Search> starSearches(Base base, Path data) throws IOException {
        List<Search> searches = new ArrayList<>();
        for (JsonNode dialogue : lines(data.resolve("star/dev.jsonl.gz"))) {
            String search = null;
            for (JsonNode event : dialogue.path("events")) {
                if (event.has("search")) {
                    search = event.path("search").asText();
                } else if (search != null && event.has("picked")) {
                    UUID right = base.byLabel()
                            .get(dialogue.path("tasks").path(0).asText()
                                    + ' '
                                    + event.path("picked").asText());
                    if (right != null && !search.isBlank()) {
                        searches.add(new Search(search, right));
                    }
                    search = null;
                }
            }
        }
        return SearchTexts.some(searches);
    }

    private static List<Search> brief(List<Search> searches, Predicate<Search> of) {
        return searches.stream()
                .filter(of)
                .map(search -> new Search(SearchTexts.brief(search.text()), search.right()))
                .filter(search -> !search.text().isBlank())
                .toList();
    }

    /** One to three words of each reply beside each other, or two to five characters; by chance, always the same. */
    private static List<Search> ofReplies(Base base, Script script) {
        SplittableRandom random = new SplittableRandom(1);
        List<Search> searches = new ArrayList<>();
        for (Published reply : base.replies().values()) {
            if (Script.ofLanguage(reply.language()) != script) {
                continue;
            }
            for (int i = 0; i < 3; i++) {
                searches.add(new Search(
                        script == Script.CHINESE
                                ? SearchTexts.characters(reply.text(), random)
                                : SearchTexts.words(reply.text(), random),
                        reply.id()));
            }
        }
        return searches.stream().filter(search -> !search.text().isBlank()).toList();
    }

    private Lookup lookup(Base base, String text) {
        Question asked = Question.of(text, text).understoodBy(vectors, false).join();
        return Lookup.of(base.index(), base.replies().values(), asked);
    }

    /** Of the right ones that are among eight without a limit, the share that still is with the product's and with others. */
    private void right(String name, Base base, List<Search> searches) {
        vectors.prepare(searches.stream().map(Search::text).toList());
        List<Search> among = new ArrayList<>();
        int first = 0;
        for (Search search : searches) {
            List<Lookup.Found> all = lookup(base, search.text()).ranked(Script.NONE);
            if (isAmongEight(all, search)) {
                among.add(search);
            }
            first += all.get(0).reply().id().equals(search.right()) ? 1 : 0;
        }
        System.out.printf(
                "%-45s %4d searches, right one first %.2f, among eight %.2f; of these kept %.3f;",
                name,
                searches.size(),
                (double) first / searches.size(),
                (double) among.size() / searches.size(),
                share(among, one -> isAmongEight(lookup(base, one.text()).near(Script.NONE), one)));
        print(limit -> share(among, one -> isAmongEight(lookup(base, one.text()).near(Script.NONE, limit), one)));
    }

    private static boolean isAmongEight(List<Lookup.Found> found, Search search) {
        return found.stream().limit(MOST).anyMatch(one -> one.reply().id().equals(search.right()));
    }

    /** The share of searches that find nothing. */
    private void wrong(String name, Base base, List<String> all) {
        List<String> texts = SearchTexts.some(all);
        vectors.prepare(texts);
        System.out.printf(
                "%-45s %4d searches; nothing %.3f;",
                name,
                texts.size(),
                share(texts, one -> lookup(base, one).near(Script.NONE).isEmpty()));
        print(limit ->
                share(texts, one -> lookup(base, one).near(Script.NONE, limit).isEmpty()));
    }

    private static void print(DoubleUnaryOperator share) {
        for (double limit : LIMITS) {
            System.out.printf("  %.2f %.3f", limit, share.applyAsDouble(limit));
        }
        System.out.println();
    }

    private static <T> double share(List<T> all, Predicate<T> of) {
        return all.stream().filter(of).count() / (double) all.size();
    }

    /** Whether the first of the other language's replies goes before, where a customer of that language is to read it. */
    private void languages(Base base, List<Search> searches) {
        Map<String, String> twins = new HashMap<>();
        base.byLabel().keySet().stream()
                .filter(label -> base.byLabel().containsKey(label + "_zh"))
                .forEach(label -> {
                    twins.put(label, label + "_zh");
                    twins.put(label + "_zh", label);
                });
        Map<UUID, String> labels = new HashMap<>();
        base.byLabel().forEach((label, id) -> labels.put(id, label));
        for (double margin : LANGUAGES) {
            int all = 0;
            int own = 0;
            int twin = 0;
            for (Search search : searches) {
                String label = labels.get(search.right());
                if (!twins.containsKey(label)) {
                    continue;
                }
                UUID other = base.byLabel().get(twins.get(label));
                Script reader = Script.of(search.text()) == Script.CHINESE ? Script.OTHER : Script.CHINESE;
                Map<UUID, Double> promises = lookup(base, search.text()).ranked(Script.NONE).stream()
                        .collect(Collectors.toMap(
                                one -> one.reply().id(),
                                one -> one.promise()
                                        + (Script.ofLanguage(one.reply().language()) == reader ? margin : 0)));
                all++;
                UUID best = promises.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey();
                twin += best.equals(other) ? 1 : 0;
                own += promises.get(other) > promises.get(search.right()) ? 1 : 0;
            }
            System.out.printf(
                    "language margin %.2f: of %d searches in the other language, twin before %.2f, twin first %.2f%n",
                    margin, all, (double) own / all, (double) twin / all);
        }
    }

    private void answered(Base base, String name, List<Search> questions, List<String> others) {
        List<Search> asked = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Search question = questions.get(i);
            if (i % 2 == 0) {
                asked.add(question);
            } else {
                float[] moment = MeaningVector.of(vectors.of(question.text()), null);
                base.index().remember(new IndexedQuestion("" + i, question.right(), "", question.text(), moment));
            }
        }
        while (base.index().refresh()) {
            continue;
        }
        List<Double> right = new ArrayList<>();
        for (Search search : asked) {
            lookup(base, search.text()).ranked(Script.NONE).stream()
                    .limit(MOST)
                    .filter(one -> one.reply().id().equals(search.right()))
                    .forEach(one -> right.add(one.answered()));
        }
        List<Double> wrong = new ArrayList<>();
        for (List<String> none : List.of(
                SearchTexts.some(others),
                SearchTexts.brief(SearchTexts.some(others)),
                SearchTexts.letters(true),
                SearchTexts.letters(false))) {
            none.forEach(text -> wrong.add(lookup(base, text).ranked(Script.NONE).stream()
                    .mapToDouble(Lookup.Found::answered)
                    .max()
                    .orElse(0)));
        }
        System.out.printf(
                "%s: %d right ones among eight of %d, %d others%n", name, right.size(), asked.size(), wrong.size());
        for (double limit : QUESTION_LIMITS) {
            System.out.printf(
                    "    answered question nearer than %.2f: right %.3f, others %.3f%n",
                    limit,
                    right.stream().filter(near -> near >= limit).count() / (double) right.size(),
                    wrong.stream().filter(near -> near >= limit).count() / (double) wrong.size());
        }
    }
}
