package io.replyloop.bert.training;

/**
 * One labelled pair.
 *
 * @param label a class, or a grade between 0 and 1
 * @param group the impression that the pair was a candidate of, or null
 */
public record TrainingExample(String query, String reply, double label, String group) {
    public TrainingExample {
        if (query == null || reply == null) {
            throw new IllegalArgumentException("a training example needs query and reply");
        }
        if (!Double.isFinite(label)) {
            throw new IllegalArgumentException("the label " + label + " is no number");
        }
    }
}
