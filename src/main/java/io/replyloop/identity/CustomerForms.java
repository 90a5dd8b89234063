package io.replyloop.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.platform.ReadableName;
import io.replyloop.site.FormSettings;
import io.replyloop.site.Forms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What customers answered before their conversation. The page asks until everything required is there; what does not fit
 * the form of this moment, which an admin may have changed meanwhile, is left out here, because a message is worth more than
 * a form. A customer for whom the site vouches is asked nothing.
 */
@ApplicationScoped
@Transactional
public class CustomerForms {
    static final int LONGEST_NAME = 200;
    static final int LONGEST_ADDRESS = 320;
    private static final TypeReference<List<FormAnswer>> ANSWERS = new TypeReference<>() {};

    private final Session session;
    private final Forms forms;
    private final ObjectMapper json;

    CustomerForms(Session session, Forms forms, ObjectMapper json) {
        this.session = session;
        this.forms = forms;
        this.json = json;
    }

    /** Keeps the answers of a customer who is stored already. */
    public void keep(CustomerIdentity customer, FilledForm filled) {
        if (customer.vouchedFor()) {
            return;
        }
        List<FormAnswer> answers = forms.asked(customer.siteId())
                .map(form -> answers(form, filled))
                .orElse(List.of());
        if (answers.isEmpty()) {
            return;
        }
        session.createNativeMutationQuery("insert into customer_form (customer_id, answers)"
                        + " values (:customer, cast(:answers as jsonb))"
                        + " on conflict (customer_id) do update set answers = excluded.answers, filled_at = now()")
                .setParameter("customer", customer.id())
                .setParameter("answers", text(answers))
                .executeUpdate();
        // What an agent has corrected stays so.
        session.createNativeMutationQuery("update customer set"
                        + " name = case when name_by_team then name else coalesce(:name, name) end,"
                        + " email = case when email_by_team then email else coalesce(:email, email) end"
                        + " where id = :customer")
                .setParameter("customer", customer.id())
                .setParameter("name", of(answers, "name"), String.class)
                .setParameter("email", of(answers, "email"), String.class)
                .executeUpdate();
    }

    /** In the order in which they were asked; none of a customer who was asked nothing. */
    public List<FormAnswer> answers(UUID customer) {
        return session.createNativeQuery(
                        "select cast(answers as text) from customer_form where customer_id = :customer", String.class)
                .setParameter("customer", customer)
                .getResultStream()
                .findFirst()
                .map(this::answers)
                .orElse(List.of());
    }

    /** @param customers who are the same person; what several of them answered alike stands there once */
    public List<FormAnswer> answers(List<UUID> customers) {
        return customers.stream()
                .flatMap(customer -> answers(customer).stream())
                .distinct()
                .toList();
    }

    private static List<FormAnswer> answers(FormSettings form, FilledForm filled) {
        List<FormAnswer> answers = new ArrayList<>();
        for (FormSettings.Field field : form.fields()) {
            String given = filled.values().getOrDefault(field.key(), "").strip();
            String value = field.asksName() ? readable(given) : given;
            if (!value.isEmpty() && fits(field, value)) {
                answers.add(new FormAnswer(field.kind(), field.label(filled.chinese()), value));
            }
        }
        return answers;
    }

    private static String readable(String name) {
        String readable = name.indexOf('\n') < 0 ? ReadableName.of(name) : name;
        return readable == null ? "" : readable;
    }

    private static boolean fits(FormSettings.Field field, String value) {
        if (field.asksName()) {
            return value.codePointCount(0, value.length()) <= LONGEST_NAME && value.indexOf('\n') < 0;
        }
        if (field.asksEmail()) {
            return value.length() <= LONGEST_ADDRESS && value.matches("[^@\\s]+@[^@\\s]+");
        }
        if (field.offersTopics()) {
            return field.options().stream()
                    .anyMatch(option -> option.en().equals(value) || option.zh().equals(value));
        }
        if (field.asksConsent()) {
            return value.equals("yes");
        }
        return value.codePointCount(0, value.length()) <= FilledForm.LONGEST;
    }

    private static String of(List<FormAnswer> answers, String kind) {
        return answers.stream()
                .filter(answer -> answer.kind().equals(kind))
                .map(FormAnswer::value)
                .findFirst()
                .orElse(null);
    }

    private String text(List<FormAnswer> answers) {
        try {
            return json.writeValueAsString(answers);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Answers cannot be written", defect);
        }
    }

    private List<FormAnswer> answers(String text) {
        try {
            return json.readValue(text, ANSWERS);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Answers cannot be read", defect);
        }
    }
}
