package io.replyloop.site;

import java.util.List;

/** What customers can read before they ask anybody. Known where the replies of the team are kept. */
public interface FrequentQuestions {
    /** In all languages, in the order in which they are shown; a few of each. */
    List<FrequentQuestion> offered();
}
