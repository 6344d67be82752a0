/** Where files lie that are exchanged with banks, and lists of names that are taken in. */
export type FileFolder =
  | ('bank/outgoing' | 'bank/incoming' | 'bank/read' | 'bank/refused')
  | ('sanctions/incoming' | 'sanctions/read' | 'sanctions/refused');

/** A file as it was when it was read. */
export interface FoundFile {
  readonly folder: FileFolder;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Another one where the same name holds something else. */
  readonly version: string;
}

/** `tooLarge`: more than `largestFileBytes`. */
export type FileReading = FoundFile | 'gone' | 'tooLarge';

/**
 * Folders that others write to and read from as well. Throws for names that `isFileName` does not
 * hold for, and where the folders cannot be reached; each call may be repeated.
 */
export interface FileExchange {
  /** In the order of their characters; of any form, for others have chosen them. */
  names(folder: FileFolder): AsyncIterable<string>;
  read(folder: FileFolder, name: string): Promise<FileReading>;
  /** In place of what stands under that name. */
  put(folder: FileFolder, name: string, content: string | Uint8Array): Promise<void>;
  /**
   * Unless a file of this name is there or has been, whoever has taken it since. Throws where that
   * was another one.
   */
  putOnce(folder: FileFolder, name: string, content: string): Promise<void>;
  /** As long as it is what was read: what has come under its name since stays. */
  remove(file: FoundFile): Promise<void>;
}
