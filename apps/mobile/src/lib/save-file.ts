import { File, Paths } from 'expo-file-system';
import { shareAsync } from 'expo-sharing';

/** Gives a file to the learner: here by the device's sheet, which offers to save or to send it. */
export async function saveFile(name: string, text: string): Promise<void> {
  const file = new File(Paths.cache, name);
  file.create({ overwrite: true });
  file.write(text);
  try {
    await shareAsync(file.uri, { mimeType: 'application/json', dialogTitle: name });
  } finally {
    file.delete();
  }
}
