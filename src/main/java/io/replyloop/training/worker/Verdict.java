package io.replyloop.training.worker;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.training.worker.Gate.Figure;
import io.replyloop.training.worker.Gate.Slice;
import io.replyloop.training.worker.Gate.State;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a new model should serve, in a sentence for whoever decides.
 *
 * @param english and {@code chinese} say the same
 */
record Verdict(Code code, String english, String chinese) {
    enum Code {
        BETTER("better"),
        WORSE("worse"),
        /** Not worse on the whole, but for some kind of questions. */
        MIXED("mixed"),
        NO_DIFFERENCE("no-difference"),
        TOO_LITTLE_DATA("too-little-data");

        private final String wireName;

        Code(String wireName) {
            this.wireName = wireName;
        }

        @JsonValue
        String wireName() {
            return wireName;
        }
    }

    /** What is judged, as the sentences name it, and what is known of its test questions. */
    private record Subject(
            String english, String inside, String chinese, String unseen, String unseenChinese, String otherChinese) {
        static final Subject NEW = new Subject(
                "The new model", "the new model", "新模型", "that neither has learned from", "两者都没有学习过的", "此前");

        /** What one that was brought here has learned elsewhere is not known. */
        static Subject ofModel(long number) {
            return new Subject(
                    "Model " + number,
                    "model " + number,
                    "模型 " + number + " ",
                    "that no run here learns from",
                    "本系统的训练都不学习的",
                    "另一个模型");
        }
    }

    /** Less than this is the noise of a machine that does other things, too. */
    private static final double FASTER = 0.6;

    /** Of a model that a run has just made. */
    static Verdict of(Gate gate, long champion) {
        return of(gate, champion, Subject.NEW);
    }

    /** Of a model that there was, against another. */
    static Verdict between(Gate gate, long model, long against) {
        return of(gate, against, Subject.ofModel(model));
    }

    private static Verdict of(Gate gate, long champion, Subject subject) {
        if (!gate.isEnough()) {
            return tooLittle(gate);
        }
        Figure worth = gate.worth();
        List<Slice> worse = gate.slices().stream()
                .filter(slice -> slice.state() == State.WORSE)
                .toList();
        if (worth.difference().high() < 0) {
            return of(Code.WORSE, gate, champion, subject, "%s is worse than model %d", "%s不如模型 %d", "", "");
        }
        boolean better = worth.difference().low() > 0;
        if (!worse.isEmpty()) {
            Slice slice = worse.stream()
                    .min(Comparator.comparingDouble(
                            one -> one.worth().difference().difference()))
                    .orElseThrow();
            return of(
                    Code.MIXED,
                    gate,
                    champion,
                    subject,
                    better ? "%s is better than model %d on the whole" : "%s is no better than model %d on the whole",
                    better ? "%s总体上优于模型 %d" : "%s总体上并不优于模型 %d",
                    String.format(
                            Locale.ROOT,
                            " But %s it is worse: %.2f instead of %.2f on %d questions.",
                            english(slice),
                            slice.worth().challenger(),
                            slice.worth().champion(),
                            slice.questions()),
                    String.format(
                            Locale.ROOT,
                            "但%s变差了：在 %d 个问题上为 %.2f，%s为 %.2f。",
                            chinese(slice),
                            slice.questions(),
                            slice.worth().challenger(),
                            subject.otherChinese,
                            slice.worth().champion()));
        }
        if (better) {
            return of(Code.BETTER, gate, champion, subject, "%s is better than model %d", "%s优于模型 %d", "", "");
        }
        boolean faster = gate.challengerMillis() < FASTER * gate.championMillis();
        return of(
                Code.NO_DIFFERENCE,
                gate,
                champion,
                subject,
                "No reliable difference between %s and model %d",
                "%s与模型 %d 之间没有可靠的差异",
                faster
                        ? String.format(
                                Locale.ROOT,
                                " It is only faster: %.0f ms for a question instead of %.0f.",
                                gate.challengerMillis(),
                                gate.championMillis())
                        : "",
                faster
                        ? String.format(
                                Locale.ROOT,
                                "它只是更快：每个问题 %.0f 毫秒，%s为 %.0f 毫秒。",
                                gate.challengerMillis(),
                                subject.otherChinese,
                                gate.championMillis())
                        : "");
    }

    private static Verdict tooLittle(Gate gate) {
        int questions = gate.questions();
        int conversations = gate.conversations();
        return new Verdict(
                Code.TOO_LITTLE_DATA,
                String.format(
                        Locale.ROOT,
                        "Too few to tell: the test part has %d answered question%s from %d conversation%s, and a verdict"
                                + " needs %d from %d. One conversation in five goes there; answer more customers.",
                        questions,
                        questions == 1 ? "" : "s",
                        conversations,
                        conversations == 1 ? "" : "s",
                        Gate.FEWEST_QUESTIONS,
                        Gate.FEWEST_CONVERSATIONS),
                String.format(
                        Locale.ROOT,
                        "数量太少，无法判断：测试部分有 %d 个已回复的问题，来自 %d 个对话；至少需要来自 %d 个对话的 %d 个问题。每五个对话中有一个用于测试，请先回复更多客户。",
                        questions,
                        conversations,
                        Gate.FEWEST_CONVERSATIONS,
                        Gate.FEWEST_QUESTIONS));
    }

    private static Verdict of(
            Code code,
            Gate gate,
            long champion,
            Subject subject,
            String english,
            String chinese,
            String moreEnglish,
            String moreChinese) {
        Map<String, Figure> figures = gate.figures();
        Figure silent = figures.get("silent");
        boolean quieter = silent.difference().low() > 0;
        boolean louder = silent.difference().high() < 0;
        String silenceEnglish = !quieter && !louder
                ? ""
                : String.format(
                        Locale.ROOT,
                        " It suggests nothing %s often: %s instead of %s.",
                        quieter ? "more" : "less",
                        percent(silent.challenger()),
                        percent(silent.champion()));
        String silenceChinese = !quieter && !louder
                ? ""
                : String.format(
                        Locale.ROOT,
                        "它不给出建议的情况%s：%s，%s %s。",
                        quieter ? "更多" : "更少",
                        percent(silent.challenger()),
                        subject.otherChinese,
                        percent(silent.champion()));
        Figure first = figures.get("acceptAt1");
        Figure three = figures.get("acceptAt3");
        return new Verdict(
                code,
                String.format(
                                Locale.ROOT,
                                english
                                        + ": on %d questions %s, the right reply came first %s instead"
                                        + " of %s, and was among the three %s instead of %s.",
                                code == Code.NO_DIFFERENCE ? subject.inside : subject.english,
                                champion,
                                gate.questions(),
                                subject.unseen,
                                percent(first.challenger()),
                                percent(first.champion()),
                                percent(three.challenger()),
                                percent(three.champion()))
                        + silenceEnglish
                        + moreEnglish,
                String.format(
                                Locale.ROOT,
                                chinese + "：在%s %d 个问题中，合适的回复排在首位的占 %s（%s %s），出现在三条建议中的占 %s（%s %s）。",
                                subject.chinese,
                                champion,
                                subject.unseenChinese,
                                gate.questions(),
                                percent(first.challenger()),
                                subject.otherChinese,
                                percent(first.champion()),
                                percent(three.challenger()),
                                subject.otherChinese,
                                percent(three.champion()))
                        + silenceChinese
                        + moreChinese);
    }

    private static String percent(double share) {
        return Math.round(100 * share) + "%";
    }

    private static String english(Slice slice) {
        return switch (slice.by() + " " + slice.value()) {
            case "language zh" -> "in Chinese";
            case "language other" -> "in languages other than Chinese";
            case "reply learned" -> "where the right reply has been used before";
            case "reply new" -> "where the right reply is new";
            case "question first" -> "for the first question of a conversation";
            case "question later" -> "for later questions of a conversation";
            default -> slice.value().isEmpty() ? "for replies without a category" : "for '" + slice.value() + "'";
        };
    }

    private static String chinese(Slice slice) {
        return switch (slice.by() + " " + slice.value()) {
            case "language zh" -> "对中文问题";
            case "language other" -> "对非中文问题";
            case "reply learned" -> "在合适的回复以前用过时";
            case "reply new" -> "在合适的回复是新回复时";
            case "question first" -> "对对话中的第一个问题";
            case "question later" -> "对对话中后来的问题";
            default -> slice.value().isEmpty() ? "对没有分类的回复" : "对“" + slice.value() + "”类";
        };
    }
}
