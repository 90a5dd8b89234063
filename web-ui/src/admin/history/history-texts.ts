import { messages } from '../../shared/messages';

export const historyTexts = messages<'admin/history'>(
  import.meta.glob('../../messages/*/admin/history.json', { import: 'default' }),
);

export const formatNames = messages<'admin/history-format-names'>(
  import.meta.glob('../../messages/*/admin/history-format-names.json', { import: 'default' }),
);

export const fieldsTexts = messages<'admin/history-fields'>(
  import.meta.glob('../../messages/*/admin/history-fields.json', { import: 'default' }),
);

export const rolesTexts = messages<'admin/history-roles'>(
  import.meta.glob('../../messages/*/admin/history-roles.json', { import: 'default' }),
);

export const statesTexts = messages<'admin/history-states'>(
  import.meta.glob('../../messages/*/admin/history-states.json', { import: 'default' }),
);

export const stepsTexts = messages<'admin/history-steps'>(
  import.meta.glob('../../messages/*/admin/history-steps.json', { import: 'default' }),
);

export const kindsTexts = messages<'admin/history-kinds'>(
  import.meta.glob('../../messages/*/admin/history-kinds.json', { import: 'default' }),
);

export const reasonsTexts = messages<'admin/history-reasons'>(
  import.meta.glob('../../messages/*/admin/history-reasons.json', { import: 'default' }),
);

export const draftStatesTexts = messages<'admin/history-draft-states'>(
  import.meta.glob('../../messages/*/admin/history-draft-states.json', { import: 'default' }),
);
