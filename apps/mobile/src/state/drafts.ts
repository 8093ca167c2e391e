import { createDraftStore } from '@/storage/drafts';
import { deviceStorage } from '@/storage/storage';

export const drafts = createDraftStore(deviceStorage);
