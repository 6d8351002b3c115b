def find_folder(file, *names):
    candidates = [os.path.join(parent, name) for parent in DATA_FOLDERS for name in names]
    for folder in candidates:
        if os.path.exists(os.path.join(folder, file)):
            return folder
    raise SystemExit(f"{file} is in none of {', '.join(candidates)}; name the folder of the datasets as an argument")
